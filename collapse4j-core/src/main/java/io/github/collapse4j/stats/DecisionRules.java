package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SingleFactor;
import io.github.collapse4j.linalg.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The classifiers of a pass: a linear one, the nearest class mean, or both. Both have scores that are affine in the
 * feature, so one product in single precision gives all of them; where its error bound leaves a decision open, the
 * contenders are scored again in double precision. Samples near their class mean are decided by {@link DecisionBalls}
 * without scores. Thread-safe.
 */
public final class DecisionRules {
    /**
     * Minimum number of samples per class for balls: finding a radius takes as long as scoring two or three samples.
     */
    private static final int SAMPLES_FOR_BALLS = 32;

    private final int classes;
    private final @Nullable LinearClassifier linear;
    private final @Nullable Matrix means;
    private final double[] centre;
    private final SingleFactor factor;
    private final List<Rule> rules;
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
        double centreNorm = Vectors.norm(centre);
        List<Rule> all = new ArrayList<>();
        if (means != null) {
            AffineScores nearest = new AffineScores(stacked, linearRows, offsets, factor.errorFactor(), centreNorm);
            all.add(Rule.nearestMean(nearest, present, means));
        }
        if (linear != null) {
            AffineScores withBias = new AffineScores(stacked, 0, bias, factor.errorFactor(), centreNorm);
            AffineScores withoutBias = new AffineScores(stacked, 0, noBias, factor.errorFactor(), centreNorm);
            all.add(Rule.largestLogit(withBias, linear.weights(), linear.bias()));
            all.add(Rule.largestLogit(withoutBias, linear.weights(), new double[classes]));
        }
        this.rules = List.copyOf(all);
        this.balls = withBalls && means != null ? balls(stacked, means) : DecisionBalls.empty(classes);
    }

    private DecisionBalls balls(Matrix rows, Matrix means) {
        Matrix points = means.copy();
        for (int k = 0; k < classes; k++) {
            for (int i = 0; i < centre.length; i++) {
                points.set(i, k, points.get(i, k) - centre[i]);
            }
        }
        return DecisionBalls.of(rows, factor, rules.stream().map(Rule::scores).toList(), points);
    }

    /** A linear classifier only. */
    public static DecisionRules linear(LinearClassifier classifier) {
        return new DecisionRules(
                classifier.classes(), classifier.weights().columns(), classifier, null, new int[0], false);
    }

    /** The nearest class mean and, if given, a linear classifier; a class without a mean is never chosen. */
    public static DecisionRules of(ClassMoments moments, Optional<LinearClassifier> classifier) {
        return of(moments.means(), moments.counts(), moments.weights(), classifier);
    }

    /**
     * Like {@link #of(ClassMoments, Optional)}, from plain means.
     *
     * @param means {@code d×K}
     * @param counts number of samples behind each mean
     * @param weights weights of the classes; a class of weight 0 has no mean
     */
    public static DecisionRules of(
            Matrix means, long[] counts, double[] weights, Optional<LinearClassifier> classifier) {
        int classes = means.columns();
        LinearClassifier linear = classifier.orElse(null);
        if (linear != null && (linear.classes() != classes || linear.weights().columns() != means.rows())) {
            throw new IllegalArgumentException("classifier: expected " + classes + "×" + means.rows() + ", found "
                    + linear.classes() + "×" + linear.weights().columns());
        }
        int[] present = IntStream.range(0, classes).filter(k -> weights[k] > 0).toArray();
        boolean withBalls = Arrays.stream(counts).sum() >= (long) SAMPLES_FOR_BALLS * classes;
        return new DecisionRules(classes, means.rows(), linear, means, present, withBalls);
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

    /** Identifies the rules: states of different rules do not merge. */
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

    /** A decider for batches of at most {@code capacity} samples. Not thread-safe. */
    Decider decider(int capacity) {
        return new Decider(this, capacity);
    }

    double[] centre() {
        return centre;
    }

    SingleFactor factor() {
        return factor;
    }

    /** The class means; only if {@link #hasMeans}. */
    Matrix means() {
        return Objects.requireNonNull(means);
    }

    /** All rules: the nearest mean if {@link #hasMeans}, then linear with and without bias if {@link #hasLinear}. */
    List<Rule> rules() {
        return rules;
    }

    /** The nearest mean; only if {@link #hasMeans}. */
    Rule nearestMean() {
        return rules.get(0);
    }

    /** The linear classifier; only if {@link #hasLinear}. */
    Rule withBias() {
        return rules.get(rules.size() - 2);
    }

    /** The linear classifier with b = 0; only if {@link #hasLinear}. */
    Rule withoutBias() {
        return rules.get(rules.size() - 1);
    }

    /** Balls in which none of the {@link #rules} changes its decision. */
    DecisionBalls balls() {
        return balls;
    }
}
