package io.github.collapse4j.linalg;

import io.github.collapse4j.linalg.LinearAlgebra.Op;
import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.jspecify.annotations.Nullable;

/**
 * A matrix A ({@code m×d}) through which batch after batch of columns B ({@code d×n}) goes forward and their residuals E
 * ({@code m×n}) come back. If threads have batches of their own, A stays in native memory, shared by all of them, and so do the
 * operands of each {@link Workspace}; otherwise every product has all cores to itself.
 */
public final class HeadFactor {
    private final Matrix factor;
    private final @Nullable DoublePointer outside;

    /**
     * @param factor A, which must not change
     * @param byThreads whether threads have batches of their own
     */
    public HeadFactor(Matrix factor, boolean byThreads) {
        this.factor = factor;
        boolean isNative = byThreads && LinearAlgebra.isNative(Math.min(factor.rows(), factor.columns()));
        this.outside = isNative ? new DoublePointer(factor.data()) : null;
    }

    /** Buffers of one thread. Not thread-safe. */
    public Workspace workspace() {
        return new Workspace();
    }

    /** The operands of one thread. */
    public final class Workspace {
        private final Room columns = new Room();
        private final Room residuals = new Room();
        private final Room result = new Room();
        private @Nullable DoublePointer lower;
        private Matrix batch = Matrix.zeros(factor.columns(), 0);
        private Matrix residual = Matrix.zeros(factor.rows(), 0);

        private Workspace() {}

        /** Takes the next B, which must not change while it is in use. */
        public void load(Matrix next) {
            batch = next;
            if (outside != null) {
                columns.fill(next);
            }
        }

        /** {@code C = A·B}. */
        public void forward(Matrix c) {
            multiply(outside, factor, Op.NONE, columns, batch, Op.NONE, c);
        }

        /** {@code C = B·Eᵀ}, {@code d×m}. */
        public void outer(Matrix e, Matrix c) {
            take(e);
            multiply(columns.content, batch, Op.NONE, residuals, e, Op.TRANSPOSE, c);
        }

        /** The lower triangle of {@code C = E·Eᵀ}, {@code m×m}, for the E that was used last; zeros above it. */
        public void gram(Matrix c) {
            DoublePointer stored = residuals.content;
            int m = residual.rows();
            if (outside == null || stored == null) {
                LinearAlgebra.multiply(1, residual, Op.NONE, residual, Op.TRANSPOSE, 0, c);
                for (int j = 1; j < m; j++) {
                    Arrays.fill(c.data(), j * m, j * m + j, 0);
                }
                return;
            }
            if (lower == null) {
                lower = new DoublePointer((long) m * m).zero();
            }
            OpenBlas.scatter(1, stored, 0, lower, m, residual.columns());
            lower.get(c.data(), 0, m * m);
        }

        /** {@code C = AᵀE}, {@code d×n}. */
        public void backward(Matrix e, Matrix c) {
            take(e);
            multiply(outside, factor, Op.TRANSPOSE, residuals, e, Op.NONE, c);
        }

        private void take(Matrix e) {
            residual = e;
            if (outside != null) {
                residuals.fill(e);
            }
        }

        /** C = op(left)·op(right): from native memory if they are there. */
        private void multiply(@Nullable DoublePointer left, Matrix a, Op opA, Room right, Matrix b, Op opB, Matrix c) {
            if (outside == null || left == null || right.content == null) {
                LinearAlgebra.multiply(1, a, opA, b, opB, 0, c);
                return;
            }
            int inner = opA == Op.NONE ? a.columns() : a.rows();
            DoublePointer product = result.of(c.data().length);
            OpenBlas.multiply(
                    1, left, a.rows(), opA, right.content, b.rows(), opB, 0, product, c.rows(), c.columns(), inner);
            product.get(c.data(), 0, c.data().length);
        }
    }

    /** Native memory that grows as needed. */
    private static final class Room {
        private @Nullable DoublePointer content;

        void fill(Matrix matrix) {
            of(matrix.data().length).put(matrix.data(), 0, matrix.data().length);
        }

        DoublePointer of(long entries) {
            DoublePointer room = content;
            if (room == null || room.capacity() < entries) {
                if (room != null) {
                    room.close();
                }
                room = new DoublePointer(entries);
                content = room;
            }
            return room;
        }
    }
}
