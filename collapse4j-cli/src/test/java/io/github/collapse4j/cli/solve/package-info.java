/** Tests of this room of the command line. */
@NullMarked
package io.github.collapse4j.cli.solve;

import org.jspecify.annotations.NullMarked;
