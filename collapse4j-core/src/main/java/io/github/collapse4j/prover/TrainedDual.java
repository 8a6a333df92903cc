package io.github.collapse4j.prover;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.proof.DualPoint;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.LossKind;
import io.github.collapse4j.proof.TrainedLoss;
import io.github.collapse4j.solve.TwinSolution;
import java.util.Arrays;

/** The dual point of a solution for a loss of a training, from its logits. The results need not be trusted. */
final class TrainedDual {
    private final ExactModel model;
    private final TrainedLoss loss;

    private TrainedDual(ExactModel model) {
        this.model = model;
        this.loss = model.trained().orElseThrow();
    }

    /**
     * The dual point of the twin's solution.
     *
     * @param twinGroup the twin's group of each group of the model
     */
    static DualPoint of(ExactModel model, TwinSolution twin, int[] twinGroup) {
        TrainedDual dual = new TrainedDual(model);
        Matrix logits = twin.logits();
        int n = twinGroup.length;
        double[][] columns = new double[n][n];
        double[] own = new double[model.loss() == LossKind.CROSS_ENTROPY ? 0 : n];
        for (int j = 0; j < n; j++) {
            double[] entries = new double[n + 1];
            double[] counts = new double[n + 1];
            for (int k = 0; k <= n; k++) {
                entries[k] = logits.get(k == n ? logits.rows() - 1 : twinGroup[k], twinGroup[j]);
                counts[k] = k == n ? 1 : model.sizes()[k] - (k == j ? 1 : 0);
            }
            dual.toDual(entries, counts, j);
            System.arraycopy(entries, 0, columns[j], 0, n);
            if (model.sizes()[j] == 1) {
                columns[j][j] = model.loss() == LossKind.CROSS_ENTROPY ? 0 : entries[n];
            }
            if (own.length > 0) {
                own[j] = entries[n];
            }
        }
        return new DualPoint(columns, own, 1);
    }

    /** The dual point of a point of a model with targets. */
    static DualPoint of(ExactModel model, UfmModel reduced, UfmPoint point) {
        TrainedDual dual = new TrainedDual(model);
        Matrix logits = reduced.logits(point.product(), point.bias());
        double[][] columns = new double[logits.columns()][];
        double[] counts = new double[logits.rows()];
        Arrays.fill(counts, 1);
        for (int j = 0; j < columns.length; j++) {
            columns[j] = logits.column(j);
            dual.toDual(columns[j], counts, j);
        }
        return new DualPoint(columns, new double[0], 1);
    }

    /** Turns the logits of a column, the own one last if it has a class, into probabilities or residuals. */
    private void toDual(double[] z, double[] counts, int j) {
        switch (model.loss()) {
            case CROSS_ENTROPY -> softmax(z, counts, j);
            case BINARY_CROSS_ENTROPY -> sigmoid(z);
            case SQUARED_ERROR -> subtractTargets(z, j);
        }
    }

    private boolean isOwn(double[] z, int k) {
        return model.targets().isEmpty() && k == z.length - 1;
    }

    private void softmax(double[] z, double[] counts, int j) {
        double tau = loss.logitAdjustment().approximately();
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < z.length; k++) {
            boolean isOwn = isOwn(z, k);
            z[k] += tau == 0 ? 0 : tau * Math.log(frequency(isOwn ? j : k));
            z[k] -= isOwn ? loss.margins().get(j).approximately() : 0;
            largest = Math.max(largest, z[k]);
        }
        double sum = 0;
        for (int k = 0; k < z.length; k++) {
            z[k] = Math.exp(z[k] - largest);
            sum += counts[k] * z[k];
        }
        for (int k = 0; k < z.length; k++) {
            z[k] = Math.min(1, z[k] / sum);
        }
    }

    private double frequency(int row) {
        double samples = model.samples().doubleValue();
        return model.targets()
                .map(targets -> {
                    double sum = 0;
                    for (int m = 0; m < targets.length; m++) {
                        sum += model.counts()[m] * targets[m][row];
                    }
                    return sum / samples;
                })
                .orElseGet(() -> model.counts()[row] / samples);
    }

    private static void sigmoid(double[] z) {
        for (int k = 0; k < z.length; k++) {
            z[k] = 1 / (1 + Math.exp(-z[k]));
        }
    }

    private void subtractTargets(double[] z, int j) {
        double epsilon = loss.smoothing().approximately();
        for (int k = 0; k < z.length; k++) {
            double target = isOwn(z, k) ? 1 : 0;
            if (model.targets().isPresent()) {
                target = model.targets().get()[j][k];
            }
            z[k] -= epsilon / model.classes() + (1 - epsilon) * target;
        }
    }
}
