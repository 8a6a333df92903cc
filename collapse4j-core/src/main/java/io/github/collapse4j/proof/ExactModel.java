package io.github.collapse4j.proof;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/**
 * The unconstrained feature model (docs/theory.md §1) with exact penalties and no feature dimension. Classes are in
 * groups; in an ungrouped model each class is a group of one. With targets, groups are those of samples with one
 * target.
 *
 * @param loss the loss of a sample
 * @param sizes m_g, the number of classes in group g; at least 1 each, at least 2 together; 1 for targets
 * @param counts n_g, the number of samples of each class in group g, at least 1
 * @param lambdaW λ_W
 * @param lambdaH λ_H
 * @param bias none, free or regularised
 * @param trained what a training adds to the loss
 */
public record ExactModel(
        LossKind loss,
        long[] sizes,
        long[] counts,
        Rational lambdaW,
        Rational lambdaH,
        ExactBias bias,
        Optional<TrainedLoss> trained) {
    /** Sizes and counts are below this, so that their products fit into a long. */
    private static final long LIMIT = 1L << 30;

    public ExactModel {
        boolean ofTargets = trained.flatMap(TrainedLoss::targets).isPresent();
        if (sizes.length != counts.length || (Arrays.stream(sizes).sum() < 2 && !ofTargets)) {
            throw new IllegalArgumentException("model: expected at least 2 classes, and a size for each of "
                    + counts.length + " counts, found " + Arrays.stream(sizes).sum() + " classes and " + sizes.length
                    + " sizes");
        }
        requireInRange("sizes", sizes);
        requireInRange("counts", counts);
        trained.ifPresent(one -> one.check(loss, sizes.length));
        if (trained.isEmpty() && loss == LossKind.BINARY_CROSS_ENTROPY) {
            throw new IllegalArgumentException("model: expected the parameters of a training for " + loss.text());
        }
        if (ofTargets && Arrays.stream(sizes).anyMatch(m -> m > 1)) {
            throw new IllegalArgumentException("model: expected no groups of classes with targets");
        }
    }

    /** A model with a plain loss. */
    public ExactModel(LossKind loss, long[] sizes, long[] counts, Rational lambdaW, Rational lambdaH, ExactBias bias) {
        this(loss, sizes, counts, lambdaW, lambdaH, bias, Optional.empty());
    }

    /** This model with a loss of a training. */
    public ExactModel withTrained(TrainedLoss parameters) {
        return new ExactModel(loss, sizes, counts, lambdaW, lambdaH, bias, Optional.of(parameters));
    }

    /** The name of its loss in a proof file. */
    public String lossName() {
        if (targets().isPresent()) {
            return "target-" + loss.text();
        }
        return trained.isPresent() && loss != LossKind.BINARY_CROSS_ENTROPY ? "trained-" + loss.text() : loss.text();
    }

    /** A target for each group of samples in place of its class, if there are any: M columns of K entries. */
    public Optional<double[][]> targets() {
        return trained.flatMap(TrainedLoss::targets);
    }

    /** Whether dual points are probabilities rather than residuals. */
    public boolean hasProbabilities() {
        return loss != LossKind.SQUARED_ERROR;
    }

    /** An ungrouped model. */
    public static ExactModel ofClasses(
            LossKind loss, long[] counts, Rational lambdaW, Rational lambdaH, ExactBias bias) {
        return ofClasses(loss, counts, lambdaW, lambdaH, bias, Optional.empty());
    }

    /** An ungrouped model with a plain loss or that of a training. */
    public static ExactModel ofClasses(
            LossKind loss,
            long[] counts,
            Rational lambdaW,
            Rational lambdaH,
            ExactBias bias,
            Optional<TrainedLoss> trained) {
        long[] sizes = new long[counts.length];
        Arrays.fill(sizes, 1);
        return new ExactModel(loss, sizes, counts, lambdaW, lambdaH, bias, trained);
    }

    private static void requireInRange(String name, long[] numbers) {
        for (long number : numbers) {
            if (number < 1 || number >= LIMIT) {
                throw new IllegalArgumentException(
                        name + ": expected numbers from 1 to " + (LIMIT - 1) + ", found " + number);
            }
        }
    }

    /** The number of groups G; in an ungrouped model the number of classes, or of targets. */
    public int groups() {
        return sizes.length;
    }

    /** The number of classes K, or of outputs. */
    public long classes() {
        return targets()
                .map(targets -> (long) targets[0].length)
                .orElseGet(() -> Arrays.stream(sizes).sum());
    }

    /** The number of rows of W and b that a point has: K, or one for each group. */
    public int rows() {
        return targets().map(targets -> targets[0].length).orElse(sizes.length);
    }

    /** Whether some groups have several classes. */
    boolean isGrouped() {
        return Arrays.stream(sizes).anyMatch(m -> m > 1);
    }

    /** The number of samples N; below 2^70, as its terms are limited. */
    public BigInteger samples() {
        BigInteger sum = BigInteger.ZERO;
        for (int g = 0; g < sizes.length; g++) {
            sum = sum.add(BigInteger.valueOf(sizes[g] * counts[g]));
        }
        return sum;
    }

    /** {@code ω_g = n_g/N}, the weight of one class. */
    Interval weight(int group) {
        return Interval.ofFraction(BigInteger.valueOf(counts[group]), samples());
    }

    /** {@code √n_g}. */
    Interval rootOfCount(int group) {
        return Interval.of(counts[group]).squareRoot();
    }

    /** Whether adding a constant to all biases changes nothing: cross-entropy with a free bias. */
    public boolean hasShift() {
        return loss == LossKind.CROSS_ENTROPY && bias instanceof ExactBias.Free;
    }

    /** Whether a theorem of docs/theory.md §4 or §10 excludes spurious minima at this feature dimension. */
    public boolean isBenign(int d) {
        boolean penalised = bias instanceof ExactBias.Regularised;
        boolean free = bias instanceof ExactBias.Free;
        long ofRows = loss == LossKind.CROSS_ENTROPY ? classes() - 1 : classes();
        long columns = targets().map(targets -> (long) targets.length).orElse(classes());
        return d >= Math.min(ofRows, free ? columns - 1 : columns)
                || (loss == LossKind.SQUARED_ERROR && !penalised && hasEqualWeights());
    }

    /** Whether all classes have the same weight. */
    private boolean hasEqualWeights() {
        return trained.map(one ->
                        one.classWeights().stream().allMatch(one.classWeights().get(0)::hasValueOf))
                .orElse(true);
    }
}
