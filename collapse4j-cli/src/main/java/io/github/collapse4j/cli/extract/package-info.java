/** The command {@code extract}. */
@NullMarked
package io.github.collapse4j.cli.extract;

import org.jspecify.annotations.NullMarked;
