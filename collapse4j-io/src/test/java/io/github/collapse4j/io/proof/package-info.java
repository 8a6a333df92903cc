@NullMarked
package io.github.collapse4j.io.proof;

import org.jspecify.annotations.NullMarked;
