/** Fuzz tests of readers: each input is read, or refused in one line. CONTRIBUTING.md explains how to run them. */
@NullMarked
package io.github.collapse4j.io.fuzz;

import org.jspecify.annotations.NullMarked;
