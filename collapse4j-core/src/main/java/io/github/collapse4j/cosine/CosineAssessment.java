package io.github.collapse4j.cosine;

import io.github.collapse4j.certificate.LowerBound;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All findings about a point.
 *
 * @param derivatives value, multipliers and gradient
 * @param bound certified lower bound on the global minimum of any dimension
 * @param rank number of dimensions that the point uses
 */
public record CosineAssessment(CosineDerivatives derivatives, LowerBound bound, int rank, CosineVerdict verdict) {
    /** The certified relative gap of the point. */
    public double relativeGap() {
        return bound.relativeGap(derivatives.value());
    }

    /**
     * {@code σ_max(D_α^{−½}GD_β^{−½})}: 1 at a global minimum, larger at every other critical point; empty unless all
     * multipliers are positive.
     */
    public OptionalDouble weightedSigma() {
        return Arrays.stream(derivatives.multipliers()).allMatch(multiplier -> multiplier > 0)
                ? OptionalDouble.of(CosineBound.weightedSigma(derivatives))
                : OptionalDouble.empty();
    }

    /** All eigenvalues of the Riemannian Hessian on the product of spheres, ascending; empty if it is too large. */
    public Optional<double[]> spectrum() {
        return TangentHessian.isFeasible(derivatives.problem())
                ? Optional.of(TangentHessian.of(derivatives, 0).eigenvalues())
                : Optional.empty();
    }
}
