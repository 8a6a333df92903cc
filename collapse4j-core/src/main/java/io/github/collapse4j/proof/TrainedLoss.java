package io.github.collapse4j.proof;

import java.util.List;

/**
 * What a training adds to a loss, exactly (docs/proof-format.md, “Losses of a training”): the factors of PyTorch's losses
 * with mean reduction. Lists have a number for each class.
 *
 * @param smoothing ε of label smoothing, in [0, 1)
 * @param classWeights weights above 0
 * @param logitAdjustment τ; 0 unless the loss is cross-entropy
 * @param margins at least 0; empty unless the loss is cross-entropy
 * @param positiveWeights at least 0; empty unless the loss is binary cross-entropy
 */
public record TrainedLoss(
        Fraction smoothing,
        List<Rational> classWeights,
        Fraction logitAdjustment,
        List<Fraction> margins,
        List<Fraction> positiveWeights) {
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

    /** Checks the lengths of the lists. */
    void check(LossKind loss, int classes) {
        requireLength("classWeights", classWeights, classes);
        requireLength("margins", margins, loss == LossKind.CROSS_ENTROPY ? classes : 0);
        requireLength("positiveWeights", positiveWeights, loss == LossKind.BINARY_CROSS_ENTROPY ? classes : 0);
        if (loss != LossKind.CROSS_ENTROPY && logitAdjustment.size().isPresent()) {
            throw new IllegalArgumentException("logitAdjustment: expected 0 with " + loss.text());
        }
    }

    private static void requireLength(String name, List<?> numbers, int expected) {
        if (numbers.size() != expected) {
            throw new IllegalArgumentException(name + ": expected " + expected + " numbers, found " + numbers.size());
        }
    }
}
