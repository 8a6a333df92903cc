/** The command line: one class per command, parsing and printing only. */
@NullMarked
package io.github.collapse4j.cli;

import org.jspecify.annotations.NullMarked;
