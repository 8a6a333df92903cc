package io.github.collapse4j.model;

import io.github.collapse4j.linalg.Matrix;

/** Checks of target columns. */
final class TargetChecks {
    /** Tolerance for the sum of a distribution in single precision. */
    private static final double SUM_TOLERANCE = 1e-4;

    private TargetChecks() {}

    static void require(TrainingLoss.Kind kind, Matrix targets, long first) {
        for (int m = 0; m < targets.columns(); m++) {
            double sum = 0;
            for (int k = 0; k < targets.rows(); k++) {
                double t = targets.get(k, m);
                boolean allowed = kind == TrainingLoss.Kind.SQUARED ? Double.isFinite(t) : t >= 0 && t <= 1;
                if (!allowed) {
                    throw new IllegalArgumentException("targets: expected "
                            + (kind == TrainingLoss.Kind.SQUARED ? "finite numbers" : "0 to 1") + ", found " + t
                            + " of output " + k + " in row " + (first + m));
                }
                sum += t;
            }
            if (kind == TrainingLoss.Kind.SOFTMAX && !(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
                throw new IllegalArgumentException("targets: expected distributions that sum to 1, found a sum of "
                        + sum + " in row " + (first + m));
            }
        }
    }
}
