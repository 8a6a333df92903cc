package io.github.collapse4j.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.jspecify.annotations.Nullable;

/**
 * A matrix A ({@code m×d}) that is multiplied with batch after batch of columns. It is laid out once where the kernel wants
 * it, and threads share it; each brings a {@link Workspace} of its own.
 */
public final class FixedFactor {
    private final Matrix factor;
    private final @Nullable DoublePointer outside;

    /** The factor itself; a native copy of it is freed with this object. */
    public FixedFactor(Matrix factor) {
        this.factor = factor;
        this.outside = OpenBlas.isAvailable() && factor.data().length > 0 ? new DoublePointer(factor.data()) : null;
    }

    /** Buffers for batches of up to so many columns; for one thread. */
    public Workspace workspace(int maxColumns) {
        return new Workspace(maxColumns);
    }

    /** What one thread needs besides the factor. */
    public final class Workspace {
        private final int maxColumns;
        private final @Nullable DoublePointer batch;
        private final @Nullable DoublePointer result;

        private Workspace(int maxColumns) {
            this.maxColumns = maxColumns;
            this.batch = outside == null ? null : new DoublePointer((long) factor.columns() * maxColumns);
            this.result = outside == null ? null : new DoublePointer((long) factor.rows() * maxColumns);
        }

        /** {@code C = A·B} for the first {@code columns} columns of B ({@code d×columns}) and C ({@code m×columns}). */
        public void multiply(double[] b, int columns, double[] c) {
            if (columns > maxColumns) {
                throw new IllegalArgumentException("room for " + maxColumns + " columns, found " + columns);
            }
            int m = factor.rows();
            int d = factor.columns();
            if (outside != null && batch != null && result != null) {
                batch.put(b, 0, d * columns);
                OpenBlas.multiply(outside, batch, result, m, columns, d);
                result.get(c, 0, m * columns);
            } else {
                SmallProduct.multiplyColumns(factor.data(), b, c, m, columns, d);
            }
        }
    }
}
