/** Tests of {@code landscape}. */
@NullMarked
package io.github.collapse4j.cli.landscape;

import org.jspecify.annotations.NullMarked;
