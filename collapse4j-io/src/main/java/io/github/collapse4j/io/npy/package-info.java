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
 * <p>All input is untrusted. A header is checked against the size of what follows before anything of the declared size
 * is allocated, and any defect is reported as one {@link io.github.collapse4j.io.array.FormatException} that names the
 * file, the field and the byte offset.
 *
 * <p>Values are returned as stored: NaN and infinities are data here, and refused by the code that computes with them.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>
 */
@NullMarked
package io.github.collapse4j.io.npy;

import org.jspecify.annotations.NullMarked;
