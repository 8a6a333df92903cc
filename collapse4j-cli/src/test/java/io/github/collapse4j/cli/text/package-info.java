/** Tests of text output. */
@NullMarked
package io.github.collapse4j.cli.text;

import org.jspecify.annotations.NullMarked;
