package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.Matrix;

/** Scores c_k + offset_k and how far they may be from the true ones. */
final class AffineScores {
    private static final double ROUND_OFF = 0x1p-53;
    private static final double SINGLE_UNDERFLOW = 0x1p-148;

    private final int firstRow;
    private final double[] offsets;
    private final double perNorm;
    private final double constant;

    AffineScores(Matrix rows, int firstRow, double[] offsets, double errorFactor, double centreNorm) {
        this.firstRow = firstRow;
        this.offsets = offsets;
        double largest = 0;
        double largestOffset = 0;
        for (int k = 0; k < offsets.length; k++) {
            double square = 0;
            for (int i = 0; i < rows.columns(); i++) {
                square += rows.get(firstRow + k, i) * rows.get(firstRow + k, i);
            }
            largest = Math.max(largest, Math.sqrt(square));
            largestOffset = Math.max(largestOffset, Math.abs(offsets[k]));
        }
        int d = rows.columns();
        this.perNorm = errorFactor * largest + d * SINGLE_UNDERFLOW;
        // Forming the offsets and the centred feature rounds too, in double precision.
        this.constant = 4 * (d + 4) * ROUND_OFF * (largest * (centreNorm + largest) + largestOffset)
                + d * SINGLE_UNDERFLOW * (1 + largest);
    }

    /** How far a score may be from the true one, for a centred feature of a norm. */
    double bound(double norm) {
        return 1.001 * (perNorm * norm + constant);
    }

    /** The first row of these scores among all. */
    int firstRow() {
        return firstRow;
    }

    double[] offsets() {
        return offsets;
    }
}
