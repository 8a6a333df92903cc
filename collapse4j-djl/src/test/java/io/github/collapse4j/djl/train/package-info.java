@NullMarked
package io.github.collapse4j.djl.train;

import org.jspecify.annotations.NullMarked;
