package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SeededRandom;
import java.util.random.RandomGenerator;

/**
 * Visits pairs of columns of a {@code d×K} matrix with their squared distance: all pairs, in tiles of Gram products,
 * while that is affordable; otherwise a seeded sample of pairs. Never forms a {@code K×K} matrix.
 *
 * @param points the columns, {@code d×K}
 * @param maxWork all pairs are visited if (d + 200)·K² is at most this
 * @param samples number of pairs drawn otherwise
 * @param seed seed of the draw
 */
record ClassPairs(Matrix points, double maxWork, int samples, long seed) {
    private static final int TILE = 256;

    /** Cost of the logarithms and powers per pair, in multiplications. */
    private static final int KERNELS = 200;

    /**
     * Below this fraction of the squared norms, the Gram form of a distance has lost digits, and it is computed
     * directly.
     */
    private static final double CANCELLED = 1e-4;

    /** Receives a pair i &lt; j. */
    interface Visitor {
        void accept(int i, int j, double squaredDistance);
    }

    boolean exact() {
        double classes = points.columns();
        return (points.rows() + KERNELS) * classes * classes <= maxWork || classes * (classes - 1) / 2 <= samples;
    }

    void forEach(Visitor visitor) {
        if (exact()) {
            all(visitor);
        } else {
            drawn(visitor);
        }
    }

    private void all(Visitor visitor) {
        int classes = points.columns();
        double[] squares = new double[classes];
        for (int k = 0; k < classes; k++) {
            squares[k] = squaredNorm(k);
        }
        for (int first = 0; first < classes; first += TILE) {
            Matrix left = tile(first);
            for (int second = first; second < classes; second += TILE) {
                Matrix products = LinearAlgebra.multiply(left, Op.TRANSPOSE, tile(second), Op.NONE);
                for (int b = 0; b < products.columns(); b++) {
                    int j = second + b;
                    for (int a = 0; a < products.rows() && first + a < j; a++) {
                        int i = first + a;
                        double sum = squares[i] + squares[j];
                        double distance = sum - 2 * products.get(a, b);
                        visitor.accept(i, j, distance < CANCELLED * sum ? squaredDistance(i, j) : distance);
                    }
                }
            }
        }
    }

    private Matrix tile(int first) {
        int d = points.rows();
        int count = Math.min(TILE, points.columns() - first);
        Matrix tile = Matrix.zeros(d, count);
        System.arraycopy(points.data(), first * d, tile.data(), 0, d * count);
        return tile;
    }

    private void drawn(Visitor visitor) {
        RandomGenerator random = SeededRandom.of(seed);
        int classes = points.columns();
        for (int s = 0; s < samples; s++) {
            int i = random.nextInt(classes);
            int j = random.nextInt(classes - 1);
            j += j >= i ? 1 : 0;
            visitor.accept(Math.min(i, j), Math.max(i, j), squaredDistance(i, j));
        }
    }

    private double squaredNorm(int k) {
        int d = points.rows();
        double sum = 0;
        for (int i = k * d; i < (k + 1) * d; i++) {
            sum += points.data()[i] * points.data()[i];
        }
        return sum;
    }

    private double squaredDistance(int i, int j) {
        int d = points.rows();
        double sum = 0;
        for (int r = 0; r < d; r++) {
            double difference = points.data()[i * d + r] - points.data()[j * d + r];
            sum += difference * difference;
        }
        return sum;
    }
}
