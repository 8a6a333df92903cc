/** Models of Keras, {@code .h5} and {@code .keras}, and other HDF5 files of arrays. */
@NullMarked
package io.github.collapse4j.io.keras;

import org.jspecify.annotations.NullMarked;
