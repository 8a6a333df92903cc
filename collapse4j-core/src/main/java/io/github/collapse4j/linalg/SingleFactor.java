package io.github.collapse4j.linalg;

import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Single-precision variant of {@link FixedFactor}, twice as fast. Every entry of a product of a row a and a column b of
 * length d is within {@link #errorFactor()}·‖a‖·‖b‖ of the exact one, even if b was rounded to single precision too.
 */
public final class SingleFactor {
    private final int rows;
    private final int columns;
    private final float[] factor;
    private final @Nullable FloatPointer outside;

    /** Rounds the {@code m×d} factor to single precision. */
    public SingleFactor(Matrix matrix) {
        this.rows = matrix.rows();
        this.columns = matrix.columns();
        this.factor = new float[matrix.data().length];
        for (int i = 0; i < factor.length; i++) {
            factor[i] = (float) matrix.data()[i];
        }
        this.outside = OpenBlas.isAvailable() && factor.length > 0 ? new FloatPointer(factor) : null;
    }

    /** m. */
    public int rows() {
        return rows;
    }

    /**
     * Bounds the rounding of both operands and of d multiplications and additions in any order: Higham's γ_{d+3}.
     * Infinite if d is too large for single precision to guarantee anything. Underflow is not covered.
     */
    public double errorFactor() {
        double steps = (columns + 3) * UnitRoundOff.SINGLE;
        return steps < 0.5 ? steps / (1 - steps) : Double.POSITIVE_INFINITY;
    }

    /** Buffers for batches of at most {@code maxColumns} columns. Not thread-safe. */
    public Workspace workspace(int maxColumns) {
        return new Workspace(maxColumns);
    }

    /** The buffers of one thread. */
    public final class Workspace {
        private final int maxColumns;
        private final @Nullable FloatPointer batch;
        private final @Nullable FloatPointer result;

        private Workspace(int maxColumns) {
            this.maxColumns = maxColumns;
            this.batch = outside == null ? null : new FloatPointer((long) columns * maxColumns);
            this.result = outside == null ? null : new FloatPointer((long) rows * maxColumns);
        }

        /** {@code C = A·B} for the first {@code count} columns of B ({@code d×count}) and C ({@code m×count}). */
        public void multiply(float[] b, int count, float[] c) {
            if (count > maxColumns) {
                throw new IllegalArgumentException("expected at most " + maxColumns + " columns, found " + count);
            }
            if (outside != null && batch != null && result != null) {
                batch.put(b, 0, columns * count);
                OpenBlas.multiply(outside, batch, result, rows, count, columns);
                result.get(c, 0, rows * count);
            } else {
                SmallProduct.multiplyColumns(factor, b, c, rows, count, columns);
            }
        }
    }
}
