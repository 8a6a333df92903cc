package io.github.collapse4j.linalg;

import io.github.collapse4j.linalg.LinearAlgebra.Op;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;

/**
 * A large product {@code C ← alpha·op(A)·op(B) + beta·C} in tiles: bands of columns of C or, if C has more rows, of
 * rows. Java threads take one tile after another and call the native library for it, because OpenBLAS's own threads
 * busy-wait for each other, which makes a product many times slower on a busy machine. The tiles depend only on the
 * shape, so the result does not depend on the number of threads.
 */
final class TiledProduct {
    /** Minimum number of multiplications: below it, copying and a second thread cost more than they save. */
    private static final double MIN_VOLUME = 1 << 22;

    /**
     * Every tile reads all of the other operand; from about this width on, that takes less than a tenth of the time.
     */
    private static final int TILE_WIDTH = 125;

    private final double alpha;
    private final Matrix a;
    private final Op opA;
    private final Matrix b;
    private final Op opB;
    private final double beta;
    private final Matrix c;
    private final int inner;
    private final boolean byColumns;

    TiledProduct(double alpha, Matrix a, Op opA, Matrix b, Op opB, double beta, Matrix c, int inner) {
        this.alpha = alpha;
        this.a = a;
        this.opA = opA;
        this.b = b;
        this.opB = opB;
        this.beta = beta;
        this.c = c;
        this.inner = inner;
        this.byColumns = c.columns() >= c.rows();
    }

    /** The number of tiles for a product of this size; 1 if tiling does not pay. */
    static int tiles(int m, int n, int k) {
        return (double) m * n * k < MIN_VOLUME ? 1 : Math.max(1, Math.max(m, n) / TILE_WIDTH);
    }

    /** Computes C on as many threads as may call the native library. */
    void run(int tiles) {
        Matrix whole = byColumns ? a : b;
        AtomicInteger next = new AtomicInteger();
        try (DoublePointer shared = new DoublePointer(whole.data())) {
            IntStream.range(0, Math.min(tiles, NativeThreads.available()))
                    .parallel()
                    .forEach(worker -> takeTiles(next, tiles, shared));
        }
    }

    private void takeTiles(AtomicInteger next, int tiles, DoublePointer shared) {
        int length = byColumns ? c.columns() : c.rows();
        int across = byColumns ? c.rows() : c.columns();
        long widest = ((long) length + tiles - 1) / tiles;
        try (DoublePointer operand = new DoublePointer(widest * inner);
                DoublePointer result = new DoublePointer(widest * across)) {
            for (int tile = next.getAndIncrement(); tile < tiles; tile = next.getAndIncrement()) {
                int from = (int) ((long) length * tile / tiles);
                int to = (int) ((long) length * (tile + 1) / tiles);
                multiply(from, to, shared, operand, result);
            }
        }
    }

    private void multiply(int from, int to, DoublePointer shared, DoublePointer operand, DoublePointer result) {
        Band target = new Band(c, byColumns, from, to);
        if (beta != 0) {
            target.copyTo(result);
        }
        int rows = byColumns ? c.rows() : to - from;
        if (byColumns) {
            Band band = new Band(b, opB == Op.NONE, from, to);
            band.copyTo(operand);
            OpenBlas.multiply(
                    alpha, shared, a.rows(), opA, operand, band.rows(), opB, beta, result, rows, to - from, inner);
        } else {
            Band band = new Band(a, opA == Op.TRANSPOSE, from, to);
            band.copyTo(operand);
            OpenBlas.multiply(
                    alpha, operand, band.rows(), opA, shared, b.rows(), opB, beta, result, rows, c.columns(), inner);
        }
        target.copyFrom(result);
    }

    /** Columns or rows {@code from} (inclusive) to {@code to} (exclusive) of a matrix; packed off-heap. */
    private record Band(Matrix matrix, boolean ofColumns, int from, int to) {
        int rows() {
            return ofColumns ? matrix.rows() : to - from;
        }

        void copyTo(DoublePointer packed) {
            if (ofColumns) {
                packed.put(matrix.data(), from * matrix.rows(), (to - from) * matrix.rows());
                return;
            }
            for (int j = 0; j < matrix.columns(); j++) {
                packed.position((long) j * rows()).put(matrix.data(), j * matrix.rows() + from, rows());
            }
            packed.position(0);
        }

        void copyFrom(DoublePointer packed) {
            if (ofColumns) {
                packed.get(matrix.data(), from * matrix.rows(), (to - from) * matrix.rows());
                return;
            }
            for (int j = 0; j < matrix.columns(); j++) {
                packed.position((long) j * rows()).get(matrix.data(), j * matrix.rows() + from, rows());
            }
            packed.position(0);
        }
    }
}
