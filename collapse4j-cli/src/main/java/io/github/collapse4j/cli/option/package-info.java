/** Options that several commands share, and the values that they take. */
@NullMarked
package io.github.collapse4j.cli.option;

import org.jspecify.annotations.NullMarked;
