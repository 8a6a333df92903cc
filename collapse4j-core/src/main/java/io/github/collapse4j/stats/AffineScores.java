package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.UnitRoundOff;
import io.github.collapse4j.linalg.Vectors;

/** Scores c_k + offset_k, with a bound on their error. */
final class AffineScores {
    /** The largest loss of a product or sum that underflows in single precision. */
    static final double SINGLE_UNDERFLOW = 0x1p-148;

    private final int firstRow;
    private final double[] offsets;
    private final double perNorm;
    private final double constant;

    AffineScores(Matrix rows, int firstRow, double[] offsets, double errorFactor, double centreNorm) {
        this.firstRow = firstRow;
        this.offsets = offsets;
        double[] norms = rows.rowNorms();
        double largest = 0;
        for (int k = 0; k < offsets.length; k++) {
            largest = Math.max(largest, norms[firstRow + k]);
        }
        double largestOffset = Vectors.maxAbs(offsets);
        int d = rows.columns();
        this.perNorm = errorFactor * largest + d * SINGLE_UNDERFLOW;
        // Forming the offsets and the centred feature rounds too, in double precision.
        this.constant = 4 * (d + 4) * UnitRoundOff.DOUBLE * (largest * (centreNorm + largest) + largestOffset)
                + d * SINGLE_UNDERFLOW * (1 + largest);
    }

    /** The error bound of a score, for a centred feature of the given norm. */
    double bound(double norm) {
        return 1.001 * (perNorm * norm + constant);
    }

    /** The row at which these scores begin. */
    int firstRow() {
        return firstRow;
    }

    double[] offsets() {
        return offsets;
    }
}
