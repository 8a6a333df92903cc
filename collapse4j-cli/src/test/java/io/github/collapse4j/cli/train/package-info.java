/** Tests of {@code train} and {@code demo}. */
@NullMarked
package io.github.collapse4j.cli.train;

import org.jspecify.annotations.NullMarked;
