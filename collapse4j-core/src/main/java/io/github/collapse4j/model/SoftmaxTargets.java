package io.github.collapse4j.model;

import io.github.collapse4j.linalg.Matrix;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Targets of a softmax, times their weights.
 *
 * @param wants {@code ω_m t_km}; where precision matters, that of the own output is computed from the others
 * @param weights ω_m of each group
 * @param accuracy a bound of the relative errors of both
 */
record SoftmaxTargets(Entries wants, double[] weights, double accuracy) implements Serializable {
    /** {@code cw_k((1 − ε)[k = y] + ε/K)} for class weights cw and label smoothing ε. */
    static SoftmaxTargets ofClasses(TrainingLoss loss, double[] classWeights) {
        int classes = classWeights.length;
        double smoothing = loss.smoothing();
        double[] others = new double[classes];
        double[] ones = new double[classes];
        double[] own = new double[classes];
        double[] weights = new double[classes];
        double all = Arrays.stream(classWeights).sum() * (smoothing / classes);
        for (int k = 0; k < classes; k++) {
            others[k] = classWeights[k] * (smoothing / classes);
            ones[k] = 1;
            own[k] = classWeights[k] * (1 - smoothing) + others[k];
            weights[k] = classWeights[k] * (1 - smoothing) + all;
        }
        return new SoftmaxTargets(new Entries.OfClasses(others, ones, own), weights, loss.accuracy(classWeights));
    }

    /** {@code cw_k((1 − ε)t_km + ε/K)} for distributions t, {@code K×M}. */
    static SoftmaxTargets of(TrainingLoss loss, Matrix targets, double[] classWeights) {
        int outputs = targets.rows();
        int groups = targets.columns();
        Entries smoothed = loss.smoothed(targets);
        Entries wants = Entries.Table.of(outputs, groups, (k, m) -> classWeights[k] * smoothed.of(k, m));
        double[] weights = new double[groups];
        for (int m = 0; m < groups; m++) {
            for (int k = 0; k < outputs; k++) {
                weights[m] += wants.of(k, m);
            }
        }
        return new SoftmaxTargets(wants, weights, loss.accuracy(outputs));
    }

    double weight(Column column) {
        return weights[column.group()];
    }

    SoftmaxTargets merged(int[][] members) {
        return new SoftmaxTargets(wants.merged(members), Entries.OfClasses.means(weights, members), accuracy);
    }
}
