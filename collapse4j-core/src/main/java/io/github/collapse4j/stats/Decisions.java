package io.github.collapse4j.stats;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Decisions of classifiers by true class, as weights (or counts, if samples have no weights). Parts that were not
 * requested are empty.
 *
 * @param totals total weight per class
 * @param linear weight classified correctly by the linear classifier
 * @param linearWithoutBias the same with b = 0
 * @param nearestMean weight classified correctly by the nearest class mean
 * @param agreement weight on which the linear classifier and the nearest class mean agree
 * @param agreementWithoutBias the same with b = 0
 * @param confusion {@code [true class·K + nearest mean]}, for K up to {@value DecisionAccumulator#MAX_CONFUSION}
 */
public record Decisions(
        double[] totals,
        Optional<double[]> linear,
        Optional<double[]> linearWithoutBias,
        Optional<double[]> nearestMean,
        Optional<double[]> agreement,
        Optional<double[]> agreementWithoutBias,
        Optional<double[]> confusion) {

    /** The shares; the vectors are left out. */
    @Override
    public String toString() {
        return "accuracy " + accuracyLinear() + ", of the nearest class mean " + accuracyNearestMean() + ", agreement "
                + agreementWithBias() + ", without bias " + agreementNoBias();
    }

    /** Accuracy of the linear classifier. */
    public OptionalDouble accuracyLinear() {
        return share(linear);
    }

    /** Accuracy of the nearest class mean. */
    public OptionalDouble accuracyNearestMean() {
        return share(nearestMean);
    }

    /**
     * NC4: share of samples on which the linear classifier (with bias) and the nearest class mean agree (Papyan et al.
     * 2020).
     */
    public OptionalDouble agreementWithBias() {
        return share(agreement);
    }

    /** NC4 with b = 0, as reported by tools that leave the bias out. */
    public OptionalDouble agreementNoBias() {
        return share(agreementWithoutBias);
    }

    private OptionalDouble share(Optional<double[]> part) {
        double total = Arrays.stream(totals).sum();
        return part.isEmpty() || !(total > 0)
                ? OptionalDouble.empty()
                : OptionalDouble.of(Arrays.stream(part.get()).sum() / total);
    }
}
