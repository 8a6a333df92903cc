package io.github.collapse4j.lastlayer;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How much retraining the head alone, for the same features, could lower {@code F = g + λ_W/2‖W‖² + λ_b/2‖b‖²}, which is
 * strongly convex (docs/theory.md §8, "The head, for these features"). All gains are shares of F.
 *
 * @param lambdaW λ_W
 * @param lambdaB λ_b: the given one if it is positive, otherwise λ_W, as weight decay of all parameters has it
 * @param isLambdaBAssumed whether there is a bias, and neither λ_b nor the weight decay was given: {@link #most} and
 *     {@code gradientBound} then say nothing about a bias without a penalty
 * @param objective F of this head
 * @param gradientBound certified: no head gains more than this; from the gradient at this head alone
 * @param solved the certified range of the best head's gain, if it was searched for
 * @param impliedLambdaW the λ_W for which this W is stationary along itself
 */
public record HeadStatement(
        double lambdaW,
        double lambdaB,
        boolean isLambdaBAssumed,
        double objective,
        double gradientBound,
        Optional<Solved> solved,
        double impliedLambdaW) {
    /**
     * A better head that was found, and a bound on all heads.
     *
     * @param gain what this better head gains, at least 0: the best one gains no less
     * @param gainOfFreeBias the same without the penalty of the bias, as a share of F without it
     * @param most certified: no head gains more
     * @param passes passes over the samples that this took
     */
    public record Solved(double gain, double gainOfFreeBias, double most, int passes) {}

    /** Certified: no head gains more than this share of F. */
    public double most() {
        return solved.map(Solved::most).orElse(gradientBound);
    }

    /**
     * A head with at least this gain exists, also without a penalty of the bias if λ_b is assumed: then nothing can be
     * gained by enlarging the bias alone. Empty if no head was searched for.
     */
    public OptionalDouble least() {
        return solved.map(found -> OptionalDouble.of(
                        isLambdaBAssumed ? Math.min(found.gain(), found.gainOfFreeBias()) : found.gain()))
                .orElse(OptionalDouble.empty());
    }
}
