package io.github.collapse4j.certificate;

import io.github.collapse4j.model.UfmPoint;
import java.util.Locale;

/**
 * The verdict on a point (docs/theory.md §4). Every verdict explains itself in words and numbers, and states its
 * tolerance.
 */
public sealed interface Verdict {
    /** The reason, in one or two sentences. */
    String explanation();

    /** The type name used in reports. */
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
     * A critical point, to within the noise, with a direction of negative curvature where theory leaves no other
     * saddles: usually of rank r &lt; d with σ_max(∇g) &gt; μ.
     *
     * @param escape the direction along which the objective falls
     * @param rank r
     * @param featureDimension d
     * @param sigmaOverMu σ_max(∇g)/μ
     * @param tolerance ν, the largest relative excess of σ over μ that noise can produce
     */
    record StrictSaddle(Escape escape, int rank, int featureDimension, double sigmaOverMu, double tolerance)
            implements Verdict {
        /** Δ, in the model of the assessed point. */
        public UfmPoint direction() {
            return escape.direction();
        }

        /** ⟨Δ, ∇²f Δ⟩, from a Hessian-vector product. */
        public double curvature() {
            return escape.curvature();
        }

        /** {@link Escape#mostNegativeCurvature()}. */
        public double mostNegativeCurvature() {
            return escape.mostNegativeCurvature();
        }

        /** {@link Escape#indexLowerBound()}. */
        public long indexLowerBound() {
            return escape.indexLowerBound();
        }

        @Override
        public String explanation() {
            return format(
                    "strict saddle of rank %d in d = %d dimensions, to within the noise: σ_max/μ = %.9g, and the objective falls"
                            + " along Δ with curvature %.9g; Morse index at least %d (noise %.1g)",
                    rank, featureDimension, sigmaOverMu, curvature(), indexLowerBound(), tolerance);
        }
    }

    /**
     * A critical point without negative curvature where the certificate fails, together with a lower point.
     *
     * @param landscape witness that no theorem excludes this verdict
     * @param objective the value of the local minimum
     * @param distance distance of the point from it, relative to the norm of (W, H) in balanced units
     * @param better the value of a lower point of the same problem
     * @param nullity number of zero eigenvalues of the reduced Hessian
     * @param orbitDimension number of zero eigenvalues that symmetry explains; equal to the nullity at a nondegenerate
     *     minimum
     * @param smallestCurvature the smallest eigenvalue
     * @param smallestPositive the smallest eigenvalue above the zero tolerance
     * @param zeroTolerance absolute zero tolerance of eigenvalues
     */
    record SpuriousLocalMinimum(
            OpenLandscape landscape,
            double objective,
            double distance,
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
                    "spurious local minimum%s: no negative curvature (smallest eigenvalue %.2g,"
                            + " nullity %d, of which symmetry explains %d, next eigenvalue %.3g) at the value %.12g, but a"
                            + " point of value %.12g exists (zero tolerance %.1g)",
                    at(distance),
                    smallestCurvature,
                    nullity,
                    orbitDimension,
                    smallestPositive,
                    objective,
                    better,
                    zeroTolerance);
        }
    }

    /**
     * A critical point without negative curvature, usually of full rank r = d below the dimension that the certificate
     * covers, for which no lower point was found: whether it is the global minimum for this d is undecided.
     *
     * @param landscape witness that no theorem excludes this verdict
     * @param objective the value of the local minimum
     * @param distance distance of the point from it, relative to the norm of (W, H) in balanced units
     * @param bound the certified lower bound of the convex twin
     * @param searched number of random starts, none of which found a lower point
     */
    record LocalMinimum(
            OpenLandscape landscape,
            double objective,
            double distance,
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
                    landscape,
                    objective,
                    distance,
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
            String search = searched == 0 ? "" : format("%d random starts found nothing lower, and ", searched);
            return format(
                    "local minimum%s: no negative curvature (smallest eigenvalue %.2g, nullity"
                            + " %d, of which symmetry explains %d, next eigenvalue %.3g) at the value %.12g; %snothing can be"
                            + " below %.12g (relative gap %.2g). Whether this is the global minimum, the certificate does"
                            + " not decide (zero tolerance %.1g)",
                    at(distance),
                    smallestCurvature,
                    nullity,
                    orbitDimension,
                    smallestPositive,
                    objective,
                    search,
                    bound.value(),
                    relativeGap,
                    zeroTolerance);
        }
    }

    /**
     * A critical point that is not a strict saddle by its rank, usually of full rank r = d, whose reduced Hessian has
     * negative eigenvalues.
     *
     * @param landscape witness that no theorem excludes this verdict
     * @param direction an eigenvector of the smallest eigenvalue, in the reduced model
     * @param index the number of negative eigenvalues
     */
    record OtherSaddle(
            OpenLandscape landscape, UfmPoint direction, double smallestCurvature, int index, double zeroTolerance)
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
     * A critical point with non-negative features that has a dead unit, W's column and H's row both zero, and is not
     * the global minimum: no local minimum has one (docs/theory.md §14).
     *
     * @param direction Δ, in the reduced model: at the distance t along it, the objective changes by
     *     {@code −t²·decrease + o(t²)}
     * @param unit the dead unit, from 0
     * @param gaugeOverMu γ₊(∇g)/μ &gt; 1
     * @param decrease γ₊ − μ
     */
    record DeadUnit(UfmPoint direction, int unit, double gaugeOverMu, double decrease) implements Verdict {
        @Override
        public String explanation() {
            return format(
                    "point with a dead unit (%d), and not a local minimum: γ₊/μ = %.9g, and the objective falls by"
                            + " %.6g·t² at a distance t along the unit's direction Δ",
                    unit, gaugeOverMu, decrease);
        }
    }

    /**
     * The gradient does not vanish.
     *
     * @param relativeGap the certified relative gap, which holds here too
     * @param tolerance the residual up to which a point counts as critical
     */
    record NotCritical(Residuals residuals, double relativeGap, double tolerance) implements Verdict {
        @Override
        public String explanation() {
            return format(
                    "not a critical point: relative residuals W %.3g, H %.3g and b %.3g (tolerance %.1g); certified relative"
                            + " gap at most %.4g",
                    residuals.classifier(), residuals.features(), residuals.bias(), tolerance, relativeGap);
        }
    }

    /** No verdict is possible. */
    record Undecided(Reason reason) implements Verdict {
        @Override
        public String explanation() {
            return "undecided: " + reason.words();
        }
    }

    /** The distance of the minimum that a point approximates, in words; empty if it is the point itself. */
    private static String at(double distance) {
        return distance == 0 ? "" : format(" at a relative distance of %.1g", distance);
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
