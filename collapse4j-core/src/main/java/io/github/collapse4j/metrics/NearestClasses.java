package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * For each class, the other class whose centred mean has the closest direction: where confusion starts.
 *
 * @param neighbours by position in {@link CentredMeans#classes()}; empty for a single class or a mean equal to μ_G
 */
public record NearestClasses(List<Optional<Neighbour>> neighbours) {
    /**
     * The class closest to another.
     *
     * @param position its position in {@link CentredMeans#classes()}
     * @param cosine cosine of the angle between the centred means; −1/(K−1) for a simplex ETF
     */
    public record Neighbour(int position, double cosine) {}

    /** Columns of the K×K matrix of cosines in memory at a time. */
    private static final int TILE = 256;

    /** Examines all pairs, tile by tile: 2dK² operations. */
    public static NearestClasses of(CentredMeans means) {
        int classes = means.count();
        int d = means.centred().rows();
        Matrix directions = means.centred().copy();
        double[] norms = means.norms();
        for (int k = 0; k < classes; k++) {
            for (int i = k * d; i < (k + 1) * d; i++) {
                directions.data()[i] /= norms[k] > 0 ? norms[k] : 1;
            }
        }
        List<Optional<Neighbour>> neighbours = new ArrayList<>(classes);
        for (int first = 0; first < classes; first += TILE) {
            int count = Math.min(TILE, classes - first);
            Matrix some = Matrix.wrap(d, count, Arrays.copyOfRange(directions.data(), first * d, (first + count) * d));
            Matrix products = LinearAlgebra.multiply(directions, Op.TRANSPOSE, some, Op.NONE);
            for (int c = 0; c < count; c++) {
                neighbours.add(neighbour(first + c, norms, products, c));
            }
        }
        return new NearestClasses(neighbours);
    }

    /** The neighbour of class k, whose cosines with all classes are a column of the products. */
    private static Optional<Neighbour> neighbour(int k, double[] norms, Matrix products, int column) {
        int nearest = k;
        for (int l = 0; l < norms.length && norms[k] > 0; l++) {
            boolean closer = nearest == k || products.get(l, column) > products.get(nearest, column);
            if (l != k && norms[l] > 0 && closer) {
                nearest = l;
            }
        }
        return nearest == k ? Optional.empty() : Optional.of(new Neighbour(nearest, products.get(nearest, column)));
    }
}
