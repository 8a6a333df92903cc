package io.github.collapse4j.proof;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a training adds to a loss, exactly (docs/proof-format.md, “Losses of a training”): the factors of PyTorch's losses
 * with mean reduction. Lists have a number for each class, or each group of classes.
 *
 * @param smoothing ε of label smoothing, in [0, 1)
 * @param classWeights weights above 0
 * @param logitAdjustment τ; 0 unless the loss is cross-entropy
 * @param margins at least 0; empty unless the loss is cross-entropy of classes
 * @param positiveWeights at least 0; empty unless the loss is binary cross-entropy
 * @param targets for groups of samples with a target each: M columns of K numbers, from 0 to 1 unless the loss is
 *     squared error
 */
public record TrainedLoss(
        Fraction smoothing,
        List<Rational> classWeights,
        Fraction logitAdjustment,
        List<Fraction> margins,
        List<Fraction> positiveWeights,
        Optional<double[][]> targets) {
    /** The loss of classes. */
    public TrainedLoss(
            Fraction smoothing,
            List<Rational> classWeights,
            Fraction logitAdjustment,
            List<Fraction> margins,
            List<Fraction> positiveWeights) {
        this(smoothing, classWeights, logitAdjustment, margins, positiveWeights, Optional.empty());
    }

    public TrainedLoss {
        classWeights = List.copyOf(classWeights);
        margins = List.copyOf(margins);
        positiveWeights = List.copyOf(positiveWeights);
        if (smoothing.negative() || !smoothing.isBelowOne()) {
            throw new IllegalArgumentException("smoothing: expected 0 or more and below 1, found " + smoothing);
        }
        requireNotNegative("margins", margins);
        requireNotNegative("positiveWeights", positiveWeights);
    }

    private static void requireNotNegative(String name, List<Fraction> numbers) {
        for (Fraction number : numbers) {
            if (number.negative()) {
                throw new IllegalArgumentException(name + ": expected 0 or more, found " + number);
            }
        }
    }

    /** The loss of a model whose groups of classes have these members, one of each. */
    public TrainedLoss ofGroups(int[] members) {
        return new TrainedLoss(
                smoothing,
                ofMembers(classWeights, members),
                logitAdjustment,
                ofMembers(margins, members),
                ofMembers(positiveWeights, members),
                targets);
    }

    private static <T> List<T> ofMembers(List<T> numbers, int[] members) {
        return numbers.isEmpty()
                ? numbers
                : Arrays.stream(members).mapToObj(numbers::get).toList();
    }

    /** Checks the lengths of the lists for a number of groups. */
    void check(LossKind loss, int groups) {
        int classes = targets.map(columns -> columns[0].length).orElse(groups);
        targets.ifPresent(columns -> checkTargets(columns, loss, groups));
        requireLength("classWeights", classWeights, classes);
        requireLength("margins", margins, loss == LossKind.CROSS_ENTROPY && targets.isEmpty() ? classes : 0);
        requireLength("positiveWeights", positiveWeights, loss == LossKind.BINARY_CROSS_ENTROPY ? classes : 0);
        if (loss != LossKind.CROSS_ENTROPY && logitAdjustment.size().isPresent()) {
            throw new IllegalArgumentException("logitAdjustment: expected 0 with " + loss.text());
        }
    }

    private static void checkTargets(double[][] columns, LossKind loss, int groups) {
        double most = loss == LossKind.SQUARED_ERROR ? Double.MAX_VALUE : 1;
        double least = loss == LossKind.SQUARED_ERROR ? -most : 0;
        if (columns.length != groups
                || !Arrays.stream(columns)
                        .allMatch(column -> column.length == columns[0].length
                                && Arrays.stream(column).allMatch(t -> t >= least && t <= most))) {
            throw new IllegalArgumentException("targets: expected " + groups
                    + " columns of equal length with numbers from " + least + " to " + most);
        }
    }

    private static void requireLength(String name, List<?> numbers, int expected) {
        if (numbers.size() != expected) {
            throw new IllegalArgumentException(name + ": expected " + expected + " numbers, found " + numbers.size());
        }
    }
}
