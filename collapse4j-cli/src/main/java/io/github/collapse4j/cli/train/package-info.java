/** {@code train} and {@code demo}: networks trained with few feature dimensions and fixed heads. */
@NullMarked
package io.github.collapse4j.cli.train;

import org.jspecify.annotations.NullMarked;
