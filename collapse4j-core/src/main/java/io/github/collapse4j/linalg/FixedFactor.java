package io.github.collapse4j.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.jspecify.annotations.Nullable;

/**
 * A matrix A ({@code m×d}) that multiplies batch after batch of columns. It is stored once in the layout the kernel
 * needs and shared by all threads; each thread uses its own {@link Workspace}.
 */
public final class FixedFactor {
    private final Matrix factor;
    private final @Nullable DoublePointer outside;

    /** Prepares the factor; its native copy is freed with this object. */
    public FixedFactor(Matrix factor) {
        this.factor = factor;
        this.outside = OpenBlas.isAvailable() && factor.data().length > 0 ? new DoublePointer(factor.data()) : null;
    }

    /** Buffers for batches of at most {@code maxColumns} columns. Not thread-safe. */
    public Workspace workspace(int maxColumns) {
        return new Workspace(maxColumns);
    }

    /** The buffers of one thread. */
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
                throw new IllegalArgumentException("expected at most " + maxColumns + " columns, found " + columns);
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
