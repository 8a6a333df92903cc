/** Keras models. */
@NullMarked
package io.github.collapse4j.io.keras;

import org.jspecify.annotations.NullMarked;
