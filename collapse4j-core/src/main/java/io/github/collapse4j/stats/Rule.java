package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import java.util.stream.IntStream;

/**
 * One classifier: each candidate class has a score that is affine in the feature, and the largest score wins (the first
 * on ties). Thread-safe.
 */
final class Rule {
    private final AffineScores scores;
    private final int[] candidates;
    private final ExactScore exact;

    /** The score of a class in double precision, for the feature that starts at an index. */
    private interface ExactScore {
        double of(int label, double[] features, int from);
    }

    private Rule(AffineScores scores, int[] candidates, ExactScore exact) {
        this.scores = scores;
        this.candidates = candidates;
        this.exact = exact;
    }

    /** The largest logit of {@code W h + b}; every class is a candidate. */
    static Rule largestLogit(AffineScores scores, Matrix weights, double[] bias) {
        int[] everyClass = IntStream.range(0, weights.rows()).toArray();
        return new Rule(scores, everyClass, (label, features, from) -> {
            double sum = 0;
            for (int i = 0; i < weights.columns(); i++) {
                sum += weights.get(label, i) * features[from + i];
            }
            return sum + bias[label];
        });
    }

    /** The nearest of the candidates' means, {@code d×K}. */
    static Rule nearestMean(AffineScores scores, int[] candidates, Matrix means) {
        int d = means.rows();
        return new Rule(
                scores,
                candidates,
                (label, features, from) -> -Vectors.squaredDistance(features, from, means.data(), label * d, d));
    }

    AffineScores scores() {
        return scores;
    }

    /** The class of a score. */
    int candidate(int score) {
        return candidates[score];
    }

    /**
     * The winning class.
     *
     * @param products single-precision products of a feature with all rows, starting at {@code start}
     * @param norm norm of the centred feature
     * @param features the feature itself, starting at {@code from}
     */
    int winner(float[] products, int start, double norm, double[] features, int from) {
        int first = start + scores.firstRow();
        double[] offsets = scores.offsets();
        double best = Double.NEGATIVE_INFINITY;
        double second = Double.NEGATIVE_INFINITY;
        int winner = 0;
        for (int k = 0; k < offsets.length; k++) {
            double score = products[first + k] + offsets[k];
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
        double slack = 2 * scores.bound(norm);
        return best - second > slack ? candidates[winner] : exactWinner(products, first, best - slack, features, from);
    }

    /** Decides among the contenders, whose scores are at least {@code least}. */
    private int exactWinner(float[] products, int first, double least, double[] features, int from) {
        double[] offsets = scores.offsets();
        double best = Double.NEGATIVE_INFINITY;
        int winner = candidates[0];
        for (int k = 0; k < offsets.length; k++) {
            if (!(products[first + k] + offsets[k] < least)) {
                double score = exact.of(candidates[k], features, from);
                if (score > best) {
                    best = score;
                    winner = candidates[k];
                }
            }
        }
        return winner;
    }
}
