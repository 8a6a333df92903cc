@NullMarked
package io.github.collapse4j.plan;

import org.jspecify.annotations.NullMarked;
