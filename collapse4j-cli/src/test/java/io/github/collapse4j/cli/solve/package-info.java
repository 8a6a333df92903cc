/** Tests of {@code solve}. */
@NullMarked
package io.github.collapse4j.cli.solve;

import org.jspecify.annotations.NullMarked;
