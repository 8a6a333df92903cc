/** Text for the terminal: tables, paragraphs, progress bars. */
@NullMarked
package io.github.collapse4j.cli.text;

import org.jspecify.annotations.NullMarked;
