/** {@code prove} and {@code verify}: theorems in files. */
@NullMarked
package io.github.collapse4j.cli.prove;

import org.jspecify.annotations.NullMarked;
