@NullMarked
package io.github.collapse4j.testkit;

import org.jspecify.annotations.NullMarked;
