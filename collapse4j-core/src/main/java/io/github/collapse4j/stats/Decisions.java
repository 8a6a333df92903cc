package io.github.collapse4j.stats;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How classifiers decided, by true class and in weights (samples, where they have no weights). Parts that were not asked
 * for are empty.
 *
 * @param totals weight of each class
 * @param linear weight that the linear classifier got right
 * @param linearWithoutBias the same with b = 0
 * @param nearestMean weight that the nearest class mean got right
 * @param agreement weight where the linear classifier and the nearest class mean agree
 * @param agreementWithoutBias the same with b = 0
 * @param confusion {@code [true class·K + nearest mean]}, where K is at most {@value DecisionAccumulator#MAX_CONFUSION}
 */
public record Decisions(
        double[] totals,
        Optional<double[]> linear,
        Optional<double[]> linearWithoutBias,
        Optional<double[]> nearestMean,
        Optional<double[]> agreement,
        Optional<double[]> agreementWithoutBias,
        Optional<double[]> confusion) {

    /** Share of samples that the linear classifier got right. */
    public OptionalDouble accuracyLinear() {
        return share(linear);
    }

    /** Share of samples that the nearest class mean got right. */
    public OptionalDouble accuracyNearestMean() {
        return share(nearestMean);
    }

    /** NC4: share of samples where linear classifier (with bias) and nearest class mean agree (Papyan et al. 2020). */
    public OptionalDouble agreementWithBias() {
        return share(agreement);
    }

    /** NC4 with b = 0, what tools report that leave the bias out. */
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
