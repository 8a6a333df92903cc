package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SingleFactor;
import io.github.collapse4j.linalg.Vectors;

/** Decides for the samples of one batch after the other; what one thread needs besides the rules. */
final class Decider {
    private final DecisionRules rules;
    private final double[] centre;
    private final int rows;
    private final float[] centred;
    private final double[] norms;
    private final float[] scores;
    private final SingleFactor.Workspace workspace;

    Decider(DecisionRules rules, int capacity) {
        this.rules = rules;
        this.centre = rules.centre();
        this.rows = rules.factor().rows();
        centred = new float[Math.multiplyExact(capacity, centre.length)];
        norms = new double[capacity];
        scores = new float[Math.multiplyExact(capacity, rows)];
        workspace = rules.factor().workspace(capacity);
    }

    /** Scores the first {@code count} columns of the features {@code d×count}. */
    void score(double[] features, int count) {
        int d = centre.length;
        for (int j = 0; j < count; j++) {
            int start = j * d;
            for (int i = 0; i < d; i++) {
                centred[start + i] = (float) (features[start + i] - centre[i]);
            }
            double square = Vectors.squares(centred, start, start + d);
            // Rounding of the sum itself, and squares that underflow.
            norms[j] = Math.sqrt(square * (1 + 2e-7 * (d + 4)) + d * 1e-44);
        }
        workspace.multiply(centred, count, scores);
    }

    /** The class with the largest logit; of equal ones the first. */
    int linearWithBias(double[] features, int j) {
        return decide(rules.withBias(), features, j, true, true);
    }

    /** The same with b = 0. */
    int linearWithoutBias(double[] features, int j) {
        return decide(rules.withoutBias(), features, j, true, false);
    }

    /** The class with the nearest mean; of equally near ones the first. */
    int nearestMean(double[] features, int j) {
        return decide(rules.nearest(), features, j, false, false);
    }

    private int decide(AffineScores rule, double[] features, int j, boolean isLinear, boolean bias) {
        int first = j * rows + rule.firstRow();
        double[] offsets = rule.offsets();
        double best = Double.NEGATIVE_INFINITY;
        double second = Double.NEGATIVE_INFINITY;
        int winner = 0;
        for (int k = 0; k < offsets.length; k++) {
            double score = scores[first + k] + offsets[k];
            if (score > second) {
                if (score > best) {
                    second = best;
                    best = score;
                    winner = k;
                } else {
                    second = score;
                }
            }
        }
        double slack = 2 * rule.bound(norms[j], centre.length);
        if (!(best - second > slack)) {
            winner = decideExactly(first, offsets, best - slack, features, j, isLinear, bias);
        }
        return isLinear ? winner : rules.present()[winner];
    }

    /** Among the contenders, in double precision from the features as they are. */
    private int decideExactly(
            int first, double[] offsets, double least, double[] features, int j, boolean isLinear, boolean bias) {
        double best = Double.NEGATIVE_INFINITY;
        int winner = 0;
        for (int k = 0; k < offsets.length; k++) {
            double score = scores[first + k] + offsets[k];
            if (!(score < least)) {
                double exact = isLinear ? logit(k, features, j, bias) : -distance(rules.present()[k], features, j);
                if (exact > best) {
                    best = exact;
                    winner = k;
                }
            }
        }
        return winner;
    }

    private double logit(int k, double[] features, int j, boolean bias) {
        LinearClassifier linear = rules.linearClassifier();
        int d = centre.length;
        double sum = 0;
        for (int i = 0; i < d; i++) {
            sum += linear.weights().get(k, i) * features[j * d + i];
        }
        return bias ? sum + linear.bias()[k] : sum;
    }

    private double distance(int k, double[] features, int j) {
        Matrix means = rules.means();
        int d = centre.length;
        double sum = 0;
        for (int i = 0; i < d; i++) {
            double difference = features[j * d + i] - means.data()[k * d + i];
            sum += difference * difference;
        }
        return sum;
    }
}
