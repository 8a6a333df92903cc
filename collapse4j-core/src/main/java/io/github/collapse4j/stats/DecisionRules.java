package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SingleFactor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The classifiers that a pass decides by: a linear one, the nearest class mean, or both. Scores of both are affine in the
 * feature, so one product in single precision gives all of them; where its error bound leaves a decision open, the
 * contenders are scored again in double precision. Samples near their class mean are decided by {@link DecisionBalls},
 * without scores. Threads share it.
 */
public final class DecisionRules {
    /** Of each class: with fewer, finding radii would not pay, which takes as long as scoring two or three of them. */
    private static final int SAMPLES_FOR_BALLS = 32;

    private final int classes;
    private final @Nullable LinearClassifier linear;
    private final @Nullable Matrix means;
    private final int[] present;
    private final double[] centre;
    private final SingleFactor factor;
    private final AffineScores withBias;
    private final AffineScores withoutBias;
    private final AffineScores nearest;
    private final DecisionBalls balls;

    private DecisionRules(
            int classes,
            int d,
            @Nullable LinearClassifier linear,
            @Nullable Matrix means,
            int[] present,
            boolean withBalls) {
        this.classes = classes;
        this.linear = linear;
        this.means = means;
        this.present = present;
        this.centre = means == null ? new double[d] : centre(means, present);
        int linearRows = linear == null ? 0 : classes;
        Matrix stacked = Matrix.zeros(linearRows + present.length, d);
        double[] bias = new double[linearRows];
        double[] noBias = new double[linearRows];
        if (linear != null) {
            for (int k = 0; k < linearRows; k++) {
                for (int i = 0; i < d; i++) {
                    stacked.set(k, i, linear.weights().get(k, i));
                    noBias[k] += linear.weights().get(k, i) * centre[i];
                }
                bias[k] = linear.bias()[k] + noBias[k];
            }
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
        this.balls = withBalls && means != null ? balls(stacked, means) : DecisionBalls.empty(classes);
    }

    private DecisionBalls balls(Matrix rows, Matrix means) {
        Matrix points = means.copy();
        for (int k = 0; k < classes; k++) {
            for (int i = 0; i < centre.length; i++) {
                points.set(i, k, points.get(i, k) - centre[i]);
            }
        }
        List<AffineScores> rules = linear == null ? List.of(nearest) : List.of(nearest, withBias, withoutBias);
        return DecisionBalls.of(rows, factor, rules, points);
    }

    /** Decides by a linear classifier alone. */
    public static DecisionRules linear(LinearClassifier classifier) {
        return new DecisionRules(
                classifier.classes(), classifier.weights().columns(), classifier, null, new int[0], false);
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
        boolean withBalls = moments.samples() >= (long) SAMPLES_FOR_BALLS * moments.classes();
        return new DecisionRules(moments.classes(), d, linear, moments.means(), moments.present(), withBalls);
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
        return new Decider(this, capacity);
    }

    double[] centre() {
        return centre;
    }

    SingleFactor factor() {
        return factor;
    }

    int[] present() {
        return present;
    }

    /** Only if {@link #hasLinear}. */
    LinearClassifier linearClassifier() {
        return Objects.requireNonNull(linear);
    }

    /** Only if {@link #hasMeans}. */
    Matrix means() {
        return Objects.requireNonNull(means);
    }

    AffineScores withBias() {
        return withBias;
    }

    AffineScores withoutBias() {
        return withoutBias;
    }

    AffineScores nearest() {
        return nearest;
    }

    /** Of the rules nearest mean, linear with and linear without bias; the latter only if {@link #hasLinear}. */
    DecisionBalls balls() {
        return balls;
    }
}
