package io.github.collapse4j.certificate;

import io.github.collapse4j.model.UfmPoint;
import java.util.Locale;

/** What a point is (docs/theory.md §4). Every verdict says why, in words and numbers, and with which tolerance. */
public sealed interface Verdict {
    /** One or two sentences that say why. */
    String explanation();

    /** The name of the verdict's type, as in reports. */
    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * No point is lower than this one by more than the certified relative gap.
     *
     * @param relativeGap (f − bound)/f, rigorous
     * @param tolerance the gap up to which a point counts as a global minimum
     */
    record GlobalMinimum(double objective, LowerBound bound, double relativeGap, double tolerance) implements Verdict {
        @Override
        public String explanation() {
            return format(
                    "global minimum: no point can be lower than %.12g, which is %.2g relative below the value %.12g"
                            + " (tolerance %.1g)",
                    bound.value(), relativeGap, objective, tolerance);
        }
    }

    /**
     * A critical point of rank r &lt; d with σ_max(∇g) &gt; μ: the objective falls along an explicit direction.
     *
     * @param direction Δ = (Δ_W, Δ_H, 0) of docs/theory.md §4, in the model that was asked about
     * @param curvatureByFormula −2(σ_1 − μ)
     * @param curvatureByHessian ⟨Δ, ∇²f Δ⟩, from a Hessian-vector product
     * @param mostNegativeCurvature the least eigenvalue of the Hessian on the directions along null W
     * @param indexLowerBound (d − r)·#{σ_j &gt; μ}, at most the Morse index
     * @param sigmaOverMu σ_max(∇g)/μ
     * @param tolerance the relative excess of σ_max/μ over 1 that counts
     */
    record StrictSaddle(
            UfmPoint direction,
            double curvatureByFormula,
            double curvatureByHessian,
            double mostNegativeCurvature,
            long indexLowerBound,
            int rank,
            int featureDimension,
            double sigmaOverMu,
            double tolerance)
            implements Verdict {
        @Override
        public String explanation() {
            return format(
                    "strict saddle: rank %d < d = %d and σ_max/μ = %.9g > 1, so the objective falls along Δ with"
                            + " curvature %.9g (formula) = %.9g (Hessian); Morse index at least %d (tolerance %.1g)",
                    rank,
                    featureDimension,
                    sigmaOverMu,
                    curvatureByFormula,
                    curvatureByHessian,
                    indexLowerBound,
                    tolerance);
        }
    }

    /**
     * A critical point without negative curvature at which the certificate fails, with a lower point in hand.
     *
     * @param better the value of a lower point of the same problem
     * @param nullity zero eigenvalues of the reduced Hessian
     * @param orbitDimension the zero eigenvalues that symmetry explains; equal to the nullity at a nondegenerate minimum
     * @param smallestCurvature the smallest eigenvalue
     * @param smallestPositive the smallest eigenvalue above the zero tolerance
     * @param zeroTolerance absolute
     */
    record SpuriousLocalMinimum(
            double objective,
            double better,
            int nullity,
            int orbitDimension,
            double smallestCurvature,
            double smallestPositive,
            double zeroTolerance)
            implements Verdict {
        @Override
        public String explanation() {
            return format(
                    "spurious local minimum: no negative curvature (smallest eigenvalue %.2g, nullity %d, of which symmetry"
                            + " explains %d, next eigenvalue %.3g) at the value %.12g, but a point of value %.12g exists"
                            + " (zero tolerance %.1g)",
                    smallestCurvature, nullity, orbitDimension, smallestPositive, objective, better, zeroTolerance);
        }
    }

    /**
     * A critical point, as a rule of full rank r = d below the dimension that the certificate covers, without negative
     * curvature, and no lower point was found: whether it is the global minimum for this d is not decided.
     *
     * @param bound the certified lower bound, of the convex twin
     * @param searched random starts that found nothing lower
     */
    record LocalMinimum(
            double objective,
            LowerBound bound,
            double relativeGap,
            int searched,
            int nullity,
            int orbitDimension,
            double smallestCurvature,
            double smallestPositive,
            double zeroTolerance)
            implements Verdict {
        /** The same verdict with another certified bound. */
        public LocalMinimum withBound(LowerBound other) {
            return new LocalMinimum(
                    objective,
                    other,
                    other.relativeGap(objective),
                    searched,
                    nullity,
                    orbitDimension,
                    smallestCurvature,
                    smallestPositive,
                    zeroTolerance);
        }

        @Override
        public String explanation() {
            return format(
                    "local minimum: no negative curvature (smallest eigenvalue %.2g, nullity %d, of which symmetry explains"
                            + " %d, next eigenvalue %.3g); %d random starts found nothing below %.12g, and nothing can be"
                            + " below %.12g (relative gap %.2g). Whether this is the global minimum, the certificate"
                            + " does not decide (zero tolerance %.1g)",
                    smallestCurvature,
                    nullity,
                    orbitDimension,
                    smallestPositive,
                    searched,
                    objective,
                    bound.value(),
                    relativeGap,
                    zeroTolerance);
        }
    }

    /**
     * A critical point that is no strict saddle by its rank, as a rule of full rank r = d, whose reduced Hessian has negative
     * eigenvalues.
     *
     * @param direction an eigenvector of the smallest eigenvalue, in the reduced model
     * @param index the number of negative eigenvalues
     */
    record OtherSaddle(UfmPoint direction, double smallestCurvature, int index, double zeroTolerance)
            implements Verdict {
        @Override
        public String explanation() {
            return format(
                    "saddle of full rank: the reduced Hessian has %d negative eigenvalues, the smallest %.9g"
                            + " (zero tolerance %.1g)",
                    index, smallestCurvature, zeroTolerance);
        }
    }

    /**
     * The gradient does not vanish.
     *
     * @param gradientNorm ‖∇f‖; NaN where it was not computed
     * @param relativeGap the certified relative gap, which holds here too; NaN where there is no certificate
     * @param tolerance the residual up to which a point counts as critical
     */
    record NotCritical(Residuals residuals, double gradientNorm, double relativeGap, double tolerance)
            implements Verdict {
        @Override
        public String explanation() {
            String stationarity = format(
                    "not a critical point: relative residuals W %.3g and H %.3g, absolute b %.3g (tolerance %.1g)",
                    residuals.classifier(), residuals.features(), residuals.bias(), tolerance);
            return Double.isNaN(relativeGap)
                    ? stationarity
                    : stationarity + format("; certified relative gap at most %.4g", relativeGap);
        }
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
