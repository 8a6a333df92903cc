/**
 * Arrays of numbers in files, whatever the format says of them around the numbers: types, shapes, and the bytes read in place
 * or loaded, to be read as a {@link io.github.collapse4j.io.array.NumericMatrix matrix} or a
 * {@link io.github.collapse4j.io.array.NumericVector vector}.
 *
 * <p>Values are handed over as they are stored: NaN and infinities are data here, to be refused by whoever computes
 * with them.
 */
@NullMarked
package io.github.collapse4j.io.array;

import org.jspecify.annotations.NullMarked;
