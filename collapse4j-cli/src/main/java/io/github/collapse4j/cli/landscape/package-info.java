/** {@code landscape}: critical points, escapes and the hunt for spurious minima. */
@NullMarked
package io.github.collapse4j.cli.landscape;

import org.jspecify.annotations.NullMarked;
