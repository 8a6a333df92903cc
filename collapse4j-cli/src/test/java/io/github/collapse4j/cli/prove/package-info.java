/** Tests of this room of the command line. */
@NullMarked
package io.github.collapse4j.cli.prove;

import org.jspecify.annotations.NullMarked;
