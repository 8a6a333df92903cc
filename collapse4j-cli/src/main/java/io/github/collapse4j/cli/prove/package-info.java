/** {@code prove} and {@code verify}: theorems as files. */
@NullMarked
package io.github.collapse4j.cli.prove;

import org.jspecify.annotations.NullMarked;
