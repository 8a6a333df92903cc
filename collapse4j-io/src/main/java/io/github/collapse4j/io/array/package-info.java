/**
 * Numeric arrays in files, independent of the file format: types, shapes, and the bytes, in place or loaded, to be read
 * as a {@link io.github.collapse4j.io.array.NumericMatrix matrix} or a {@link
 * io.github.collapse4j.io.array.NumericVector vector}.
 *
 * <p>Values are returned as stored: NaN and infinities are data here, and refused by the code that computes with them.
 */
@NullMarked
package io.github.collapse4j.io.array;

import org.jspecify.annotations.NullMarked;
