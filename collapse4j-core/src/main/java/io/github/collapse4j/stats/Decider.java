package io.github.collapse4j.stats;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.SingleFactor;
import io.github.collapse4j.linalg.Vectors;

/** Decides for the samples of one batch after the other; what one thread needs besides the rules. */
final class Decider {
    /** Samples are scored so many numbers at a time: with many classes a batch would take gigabytes … */
    private static final int SCORES = 1 << 22;

    /** … but products want so many columns. */
    private static final int MIN_COLUMNS = 64;

    private final DecisionRules rules;
    private final double[] centre;
    private final int rows;
    private final int columns;
    private final int[] open;
    private final float[] centred;
    private final double[] norms;
    private final float[] scores;
    private final SingleFactor.Workspace workspace;
    private final int[] withBias;
    private final int[] withoutBias;
    private final int[] nearest;

    Decider(DecisionRules rules, int capacity) {
        this.rules = rules;
        this.centre = rules.centre();
        this.rows = rules.factor().rows();
        this.columns = Math.min(capacity, Math.max(MIN_COLUMNS, SCORES / Math.max(1, rows)));
        open = new int[columns];
        centred = new float[Math.multiplyExact(columns, centre.length)];
        norms = new double[columns];
        scores = new float[Math.multiplyExact(columns, rows)];
        workspace = rules.factor().workspace(columns);
        withBias = new int[capacity];
        withoutBias = new int[capacity];
        nearest = new int[capacity];
    }

    /**
     * Decides for all samples of a batch.
     *
     * @param squares weight times squared distance from the mean of its own class, of each sample
     */
    void decide(SampleBatch batch, double[] squares) {
        int count = 0;
        for (int j = 0; j < batch.count(); j++) {
            if (rules.balls().contains(batch.labels()[j], squares[j], batch.weights()[j])) {
                settle(j, batch.labels()[j]);
            } else {
                centre(batch.features(), j, count);
                open[count++] = j;
            }
            if (count == columns || (count > 0 && j == batch.count() - 1)) {
                decideOpen(batch.features(), count);
                count = 0;
            }
        }
    }

    private void decideOpen(double[] features, int count) {
        workspace.multiply(centred, count, scores);
        for (int o = 0; o < count; o++) {
            int j = open[o];
            if (rules.hasLinear()) {
                withBias[j] = decide(rules.withBias(), features, o, true, true);
                withoutBias[j] = decide(rules.withoutBias(), features, o, true, false);
            }
            if (rules.hasMeans()) {
                nearest[j] = rules.present()[decide(rules.nearest(), features, o, false, false)];
            }
        }
    }

    private void settle(int j, int label) {
        DecisionBalls balls = rules.balls();
        nearest[j] = rules.present()[balls.winner(0, label)];
        if (rules.hasLinear()) {
            withBias[j] = balls.winner(1, label);
            withoutBias[j] = balls.winner(2, label);
        }
    }

    private void centre(double[] features, int j, int column) {
        int d = centre.length;
        int from = j * d;
        int to = column * d;
        for (int i = 0; i < d; i++) {
            centred[to + i] = (float) (features[from + i] - centre[i]);
        }
        double square = Vectors.squares(centred, to, to + d);
        // Rounding of the sum itself, and squares that underflow.
        norms[column] = Math.sqrt(square * (1 + 2e-7 * (d + 4)) + d * 1e-44);
    }

    /** The class with the largest logit; of equal ones the first. */
    int linearWithBias(int j) {
        return withBias[j];
    }

    /** The same with b = 0. */
    int linearWithoutBias(int j) {
        return withoutBias[j];
    }

    /** The class with the nearest mean; of equally near ones the first. */
    int nearestMean(int j) {
        return nearest[j];
    }

    private int decide(AffineScores rule, double[] features, int column, boolean isLinear, boolean bias) {
        int first = column * rows + rule.firstRow();
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
        double slack = 2 * rule.bound(norms[column], centre.length);
        if (!(best - second > slack)) {
            winner = decideExactly(first, offsets, best - slack, features, open[column], isLinear, bias);
        }
        return winner;
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
        int d = centre.length;
        return Vectors.squaredDistance(features, j * d, rules.means().data(), k * d, d);
    }
}
