package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.UnitRoundOff;

/** The rank of a weight matrix, to within its known accuracy. */
final class WeightRank {
    private static final int DOUBLE = 52;
    private static final int SINGLE = 23;
    private static final int HALF = 10;

    private WeightRank() {}

    /**
     * The number of singular values that cannot be due to noise or rounding.
     *
     * @param singular singular values of the weights, descending
     * @param noise relative to ‖W‖
     */
    static int of(Matrix weights, double[] singular, double noise) {
        double ofDecomposition = UnitRoundOff.DOUBLE
                * Math.max(weights.rows(), weights.columns())
                * (singular.length == 0 ? 0 : singular[0]);
        double zero = (noise + unitRoundOff(weights.data())) * weights.norm() + ofDecomposition;
        int rank = 0;
        while (rank < singular.length && singular[rank] > zero) {
            rank++;
        }
        return rank;
    }

    /**
     * The unit round-off of the coarsest of half, single and double precision that represents all the numbers exactly.
     */
    static double unitRoundOff(double[] numbers) {
        long bits = 0;
        for (double number : numbers) {
            bits |= Double.doubleToRawLongBits(number);
        }
        int used = DOUBLE - Math.min(DOUBLE, Long.numberOfTrailingZeros(bits));
        int held = used <= HALF ? HALF : used <= SINGLE ? SINGLE : DOUBLE;
        return Math.scalb(1.0, -held - 1);
    }
}
