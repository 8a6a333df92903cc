package io.github.collapse4j.prover;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.proof.DualPoint;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.TrainedLoss;
import io.github.collapse4j.solve.TwinSolution;

/** The dual point of the twin's solution for a loss of a training: a column for each class. */
final class TrainedDual {
    private final ExactModel model;
    private final TrainedLoss loss;
    private final TwinSolution twin;
    private final int classes;

    private TrainedDual(ExactModel model, TwinSolution twin) {
        this.model = model;
        this.loss = model.trained().orElseThrow();
        this.twin = twin;
        this.classes = model.groups();
    }

    /** Probabilities or residuals, not to be trusted. */
    static DualPoint of(ExactModel model, TwinSolution twin) {
        TrainedDual dual = new TrainedDual(model, twin);
        double[][] columns = new double[dual.classes][];
        double[] own = new double[model.hasProbabilities() ? 0 : dual.classes];
        for (int j = 0; j < columns.length; j++) {
            double[] logits = dual.logits(j);
            columns[j] = switch (model.loss()) {
                case CROSS_ENTROPY -> dual.softmax(logits, j);
                case BINARY_CROSS_ENTROPY -> sigmoid(logits);
                case SQUARED_ERROR -> dual.errors(logits, j);
            };
            if (own.length > 0) {
                own[j] = columns[j][j];
            }
        }
        return new DualPoint(columns, own, 1);
    }

    private double[] logits(int j) {
        Matrix logits = twin.logits();
        int[] groupOf = twin.groups().groupOf();
        double[] z = new double[classes];
        for (int k = 0; k < classes; k++) {
            z[k] = logits.get(k == j ? logits.rows() - 1 : groupOf[k], groupOf[j]);
        }
        return z;
    }

    /** The own probability is implied by the others. */
    private double[] softmax(double[] z, int j) {
        double tau = loss.logitAdjustment().approximately();
        double samples = model.samples().doubleValue();
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
            z[k] += tau * Math.log(model.counts()[k] / samples)
                    - (k == j ? loss.margins().get(j).approximately() : 0);
            largest = Math.max(largest, z[k]);
        }
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            z[k] = Math.exp(z[k] - largest);
            sum += z[k];
        }
        for (int k = 0; k < classes; k++) {
            z[k] = k == j ? 0 : Math.min(1, z[k] / sum);
        }
        return z;
    }

    private static double[] sigmoid(double[] z) {
        for (int k = 0; k < z.length; k++) {
            z[k] = 1 / (1 + Math.exp(-z[k]));
        }
        return z;
    }

    private double[] errors(double[] z, int j) {
        double epsilon = loss.smoothing().approximately();
        for (int k = 0; k < classes; k++) {
            z[k] -= epsilon / classes + (k == j ? 1 - epsilon : 0);
        }
        return z;
    }
}
