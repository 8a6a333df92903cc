package io.github.collapse4j.nonnegative;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Residuals;
import io.github.collapse4j.certificate.Verdict;
import java.util.Arrays;
import java.util.Locale;

/**
 * A point with H ≥ 0, measured and judged.
 *
 * @param objective the value f
 * @param residuals how far it is from the first-order conditions: the derivative of H without components that point out
 *     of H ≥ 0
 * @param bound certified lower bound on the minimum over all H ≥ 0: from this point, or a higher one that was known
 * @param deadClasses the classes whose features are zero, ascending
 * @param gaugeOverMu γ₊(∇g)/μ as attained by a vector h ≥ 0; above 1, a further unit lowers the objective
 */
public record NonnegativeAssessment(
        double objective,
        Residuals residuals,
        LowerBound bound,
        int[] deadClasses,
        double gaugeOverMu,
        Verdict verdict) {
    /** The verdict, and the main facts. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: objective %.6g, lower bound %.6g, relative gap %.2e, dead classes %s",
                verdict.name(),
                objective,
                bound.value(),
                bound.relativeGap(objective),
                Arrays.toString(deadClasses));
    }
}
