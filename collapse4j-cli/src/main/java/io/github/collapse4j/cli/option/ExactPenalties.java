package io.github.collapse4j.cli.option;

import io.github.collapse4j.linalg.OutOfRangeException;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.proof.ExactBias;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.LossKind;
import io.github.collapse4j.proof.Rational;
import io.github.collapse4j.proof.TrainedLoss;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Penalties and bias of a proof.
 *
 * @param lambdaW λ_W
 * @param lambdaH λ_H
 * @param bias none, free or regularised
 */
public record ExactPenalties(Rational lambdaW, Rational lambdaH, ExactBias bias) {
    /** The shortest decimals that denote a problem's penalties. */
    public static ExactPenalties of(UfmProblem problem) {
        return new ExactPenalties(
                decimal(problem.lambdaW()),
                decimal(problem.lambdaH()),
                problem.bias() instanceof Bias.Regularised regularised
                        ? new ExactBias.Regularised(decimal(regularised.lambda()))
                        : problem.bias().isPresent() ? new ExactBias.Free() : new ExactBias.None());
    }

    private static Rational decimal(double number) {
        return Rational.ofDecimal(BigDecimal.valueOf(number))
                .orElseThrow(() ->
                        new OutOfRangeException("proof: expected penalties of at most 40 decimals, found " + number));
    }

    /** The ungrouped model with these penalties. */
    public ExactModel ofClasses(LossKind loss, long[] counts, Optional<TrainedLoss> trained) {
        return ExactModel.ofClasses(loss, counts, lambdaW, lambdaH, bias, trained);
    }
}
