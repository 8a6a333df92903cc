/** {@code solve}: the certified global minimum of a model. */
@NullMarked
package io.github.collapse4j.cli.solve;

import org.jspecify.annotations.NullMarked;
