package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SingleFactor;
import io.github.collapse4j.linalg.Vectors;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The classifiers that a pass decides by: a linear one, the nearest class mean, or both. Scores of both are affine in the
 * feature, so one product in single precision gives all of them; where its error bound leaves a decision open, the
 * contenders are scored again in double precision. Threads share it.
 */
public final class DecisionRules {
    private static final double ROUND_OFF = 0x1p-53;
    private static final double SINGLE_UNDERFLOW = 0x1p-148;

    private final int classes;
    private final @Nullable LinearClassifier linear;
    private final @Nullable Matrix means;
    private final int[] present;
    private final double[] centre;
    private final SingleFactor factor;
    private final AffineScores withBias;
    private final AffineScores withoutBias;
    private final AffineScores nearest;

    private DecisionRules(
            int classes, int d, @Nullable LinearClassifier linear, @Nullable Matrix means, int[] present) {
        this.classes = classes;
        this.linear = linear;
        this.means = means;
        this.present = present;
        this.centre = means == null ? new double[d] : centre(means, present);
        int linearRows = linear == null ? 0 : classes;
        Matrix stacked = Matrix.zeros(linearRows + present.length, d);
        double[] bias = new double[linearRows];
        double[] noBias = new double[linearRows];
        for (int k = 0; k < linearRows; k++) {
            for (int i = 0; i < d; i++) {
                stacked.set(k, i, linear.weights().get(k, i));
                noBias[k] += linear.weights().get(k, i) * centre[i];
            }
            bias[k] = linear.bias()[k] + noBias[k];
        }
        double[] offsets = new double[present.length];
        for (int p = 0; p < present.length; p++) {
            for (int i = 0; i < d; i++) {
                double m = means == null ? 0 : means.get(i, present[p]) - centre[i];
                stacked.set(linearRows + p, i, m);
                offsets[p] -= m * m / 2;
            }
        }
        this.factor = new SingleFactor(stacked);
        double centreNorm = norm(centre);
        this.withBias = new AffineScores(stacked, 0, bias, factor.errorFactor(), centreNorm);
        this.withoutBias = new AffineScores(stacked, 0, noBias, factor.errorFactor(), centreNorm);
        this.nearest = new AffineScores(stacked, linearRows, offsets, factor.errorFactor(), centreNorm);
    }

    /** Decides by a linear classifier alone. */
    public static DecisionRules linear(LinearClassifier classifier) {
        return new DecisionRules(classifier.classes(), classifier.weights().columns(), classifier, null, new int[0]);
    }

    /** Decides by the nearest class mean and, if there is one, a linear classifier; classes without mean win nothing. */
    public static DecisionRules of(ClassMoments moments, Optional<LinearClassifier> classifier) {
        LinearClassifier linear = classifier.orElse(null);
        int d = moments.featureDimension();
        if (linear != null
                && (linear.classes() != moments.classes() || linear.weights().columns() != d)) {
            throw new IllegalArgumentException("classifier: expected " + moments.classes() + "×" + d + ", found "
                    + linear.classes() + "×" + linear.weights().columns());
        }
        return new DecisionRules(moments.classes(), d, linear, moments.means(), moments.present());
    }

    private static double[] centre(Matrix means, int[] present) {
        double[] centre = new double[means.rows()];
        for (int k : present) {
            for (int i = 0; i < centre.length; i++) {
                centre[i] += means.get(i, k) / present.length;
            }
        }
        return centre;
    }

    private static double norm(double[] x) {
        return Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
    }

    /** Scores c_k + offset_k and how far they may be from the true ones. */
    private static final class AffineScores {
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
            this.perNorm = errorFactor * largest;
            // Forming the offsets and the centred feature rounds too, in double precision.
            this.constant = 4 * (d + 4) * ROUND_OFF * (largest * (centreNorm + largest) + largestOffset)
                    + d * SINGLE_UNDERFLOW * (1 + largest);
        }

        double bound(double norm, int d) {
            return 1.001 * (perNorm * norm + constant + d * SINGLE_UNDERFLOW * norm);
        }
    }

    int classes() {
        return classes;
    }

    int featureDimension() {
        return centre.length;
    }

    boolean hasLinear() {
        return linear != null;
    }

    boolean hasMeans() {
        return means != null;
    }

    /** Tells rules apart: states of different rules do not merge. */
    long fingerprint() {
        CRC32C checksum = new CRC32C();
        if (linear != null) {
            Fingerprint.update(checksum, linear.weights().data());
            Fingerprint.update(checksum, linear.bias());
        }
        if (means != null) {
            Fingerprint.update(checksum, means.data());
        }
        return checksum.getValue() << 2 | (hasLinear() ? 2 : 0) | (hasMeans() ? 1 : 0);
    }

    /** Decides for one batch after the other; for one thread. */
    Decider decider(int capacity) {
        return new Decider(capacity);
    }

    /** What one thread needs besides the rules. */
    final class Decider {
        private final float[] centred;
        private final double[] norms;
        private final float[] scores;
        private final SingleFactor.Workspace workspace;

        private Decider(int capacity) {
            centred = new float[Math.multiplyExact(capacity, centre.length)];
            norms = new double[capacity];
            scores = new float[Math.multiplyExact(capacity, factor.rows())];
            workspace = factor.workspace(capacity);
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
            return decide(withBias, features, j, true, true);
        }

        /** The same with b = 0. */
        int linearWithoutBias(double[] features, int j) {
            return decide(withoutBias, features, j, true, false);
        }

        /** The class with the nearest mean; of equally near ones the first. */
        int nearestMean(double[] features, int j) {
            return decide(nearest, features, j, false, false);
        }

        private int decide(AffineScores rule, double[] features, int j, boolean isLinear, boolean bias) {
            int first = j * factor.rows() + rule.firstRow;
            double[] offsets = rule.offsets;
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
            return isLinear ? winner : present[winner];
        }

        /** Among the contenders, in double precision from the features as they are. */
        private int decideExactly(
                int first, double[] offsets, double least, double[] features, int j, boolean isLinear, boolean bias) {
            double best = Double.NEGATIVE_INFINITY;
            int winner = 0;
            for (int k = 0; k < offsets.length; k++) {
                double score = scores[first + k] + offsets[k];
                if (!(score < least)) {
                    double exact = isLinear ? logit(k, features, j, bias) : -distance(present[k], features, j);
                    if (exact > best) {
                        best = exact;
                        winner = k;
                    }
                }
            }
            return winner;
        }

        private double logit(int k, double[] features, int j, boolean bias) {
            if (linear == null) {
                throw new IllegalStateException("no linear classifier");
            }
            int d = centre.length;
            double sum = 0;
            for (int i = 0; i < d; i++) {
                sum += linear.weights().get(k, i) * features[j * d + i];
            }
            return bias ? sum + linear.bias()[k] : sum;
        }

        private double distance(int k, double[] features, int j) {
            if (means == null) {
                throw new IllegalStateException("no class means");
            }
            int d = centre.length;
            double sum = 0;
            for (int i = 0; i < d; i++) {
                double difference = features[j * d + i] - means.data()[k * d + i];
                sum += difference * difference;
            }
            return sum;
        }
    }
}
