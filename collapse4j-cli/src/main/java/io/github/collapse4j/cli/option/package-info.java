/** Options shared by several commands, and their values. */
@NullMarked
package io.github.collapse4j.cli.option;

import org.jspecify.annotations.NullMarked;
