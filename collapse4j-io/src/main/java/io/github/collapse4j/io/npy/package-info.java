/**
 * NumPy's array files: single arrays ({@code .npy}) and archives of arrays ({@code .npz}).
 *
 * <pre>
 *   Path ──► NpyFile.open ────┐                            ┌─► NumericMatrix.readRows  (double[], row-major)
 *   Path ──► Npz.open.array ──┼─► NumericArray (io.array) ─┤
 *   InputStream ─► .read ─────┘                            └─► NumericVector.readDoubles / readLongs
 *   double[] ──► NpyWriter (.npy) or NpzWriter (.npz) ──► Path, replaced atomically
 * </pre>
 *
 * <p>Every byte that is read is untrusted. A header is checked against the size of what follows it before anything of
 * the declared size is allocated, and whatever is wrong with a file ends in one
 * {@link io.github.collapse4j.io.array.FormatException} that names the file, the field and the byte offset.
 *
 * <p>Values are handed over as they are stored: NaN and infinities are data here, to be refused by whoever computes
 * with them.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>
 */
@NullMarked
package io.github.collapse4j.io.npy;

import org.jspecify.annotations.NullMarked;
