/**
 * Tests of the command line as users see it (exit codes, both streams, files) and of its numbers against a reference.
 */
@NullMarked
package io.github.collapse4j.cli;

import org.jspecify.annotations.NullMarked;
