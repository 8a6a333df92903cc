package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import java.util.Arrays;

/**
 * For each class, the other class whose centred mean has the closest direction: where confusion starts.
 *
 * @param nearest its position in {@link CentredMeans#classes()}; −1 for a single class or a mean equal to μ_G
 * @param cosines cosine of the angle to it; −1/(K−1) for a simplex ETF
 */
public record NearestClasses(int[] nearest, double[] cosines) {
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
        int[] nearest = new int[classes];
        double[] cosines = new double[classes];
        Arrays.fill(nearest, -1);
        Arrays.fill(cosines, Double.NEGATIVE_INFINITY);
        for (int first = 0; first < classes; first += TILE) {
            int count = Math.min(TILE, classes - first);
            Matrix some = Matrix.wrap(d, count, Arrays.copyOfRange(directions.data(), first * d, (first + count) * d));
            Matrix products = LinearAlgebra.multiply(directions, Op.TRANSPOSE, some, Op.NONE);
            for (int c = 0; c < count; c++) {
                int k = first + c;
                for (int l = 0; l < classes && norms[k] > 0; l++) {
                    if (l != k && norms[l] > 0 && products.get(l, c) > cosines[k]) {
                        cosines[k] = products.get(l, c);
                        nearest[k] = l;
                    }
                }
            }
        }
        for (int k = 0; k < classes; k++) {
            cosines[k] = nearest[k] < 0 ? 0 : cosines[k];
        }
        return new NearestClasses(nearest, cosines);
    }
}
