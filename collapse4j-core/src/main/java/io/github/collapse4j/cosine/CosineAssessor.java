package io.github.collapse4j.cosine;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.linalg.Matrix;
import java.util.Locale;
import java.util.Optional;

/**
 * Determines the verdict on a point of a cosine head (docs/theory.md §13): by the bound, then by the directions that the
 * theorems name, last by the complete Hessian.
 */
public final class CosineAssessor {
    /** Curvature in natural units that rounding alone can produce. */
    private static final double ROUND_OFF = 1e-10;
    /** Curvature in natural units that a relative gradient of 1 can hide. */
    private static final double PER_GRADIENT = 100;

    private static final double RANK_TOLERANCE = 1e-6;

    private final Options options;

    public CosineAssessor(Options options) {
        this.options = options;
    }

    /** Default tolerances, with the given search for lower points. */
    public CosineAssessor(CosineSolver.Options search) {
        this(Options.defaults().withSearch(search));
    }

    /**
     * Tolerances.
     *
     * @param relativeGap certified gap up to which a point is a global minimum
     * @param gradient {@link CosineDerivatives#relativeGradient()} up to which a point is critical
     * @param search the search for a lower point before the verdict on a local minimum
     */
    public record Options(double relativeGap, double gradient, CosineSolver.Options search) {
        /** Gap 1e-8, gradient 1e-6, 24 starts, seed 0. */
        public static Options defaults() {
            return new Options(1e-8, 1e-6, CosineSolver.Options.defaults());
        }

        Options withSearch(CosineSolver.Options other) {
            return new Options(relativeGap, gradient, other);
        }
    }

    /** Assesses a point by its own bound. */
    public CosineAssessment assess(CosineProblem problem, CosinePoint point) {
        return assess(problem, point, LowerBound.NONE);
    }

    /** Assesses a solution by the bound that it came with. */
    public CosineAssessment assess(CosineSolution solution) {
        return assess(solution.problem(), solution.point(), solution.lowerBound());
    }

    /**
     * Assesses a point.
     *
     * @param known a bound certified elsewhere for these counts; the higher one counts
     */
    public CosineAssessment assess(CosineProblem problem, CosinePoint point, LowerBound known) {
        CosineDerivatives at = new CosineDerivatives(problem, point);
        LowerBound own = CosineBound.of(at);
        LowerBound bound = known.value() > own.value() ? known : own;
        double gap = bound.relativeGap(at.value());
        int rank = at.rank(RANK_TOLERANCE);
        return new CosineAssessment(at, bound, rank, verdict(at, bound, gap, rank));
    }

    private CosineVerdict verdict(CosineDerivatives at, LowerBound bound, double gap, int rank) {
        if (gap <= options.relativeGap()) {
            return new CosineVerdict.GlobalMinimum(at.value(), bound, gap, options.relativeGap());
        }
        double noise = at.relativeGradient();
        if (!(noise <= options.gradient())) {
            return new CosineVerdict.NotCritical(noise, gap, options.gradient());
        }
        double tolerance = ROUND_OFF + PER_GRADIENT * noise;
        Optional<FallingDirection> falling = rank < at.problem().featureDimension()
                ? FallingDirection.towardsUnused(at, tolerance)
                : FallingDirection.byCommonShift(at, tolerance);
        return falling.map(direction -> saddle(at, direction, rank, noise))
                .orElseGet(() -> byHessian(at, bound, gap, rank, noise, tolerance));
    }

    private CosineVerdict byHessian(
            CosineDerivatives at, LowerBound bound, double gap, int rank, double noise, double tolerance) {
        CosineProblem problem = at.problem();
        if (!TangentHessian.isFeasible(problem)) {
            return new CosineVerdict.Undecided(String.format(
                    Locale.ROOT,
                    "near a critical point with a certified relative gap of at most %.3g, whose Hessian is too large to"
                            + " tell a minimum from a saddle",
                    gap));
        }
        TangentHessian hessian = TangentHessian.of(at, tolerance);
        Optional<CosineVerdict> saddle = hessian.index() == 0
                ? Optional.empty()
                : FallingDirection.along(at, hessian.lowest(), tolerance)
                        .map(direction -> saddle(at, direction, rank, noise));
        return saddle.or(() -> DegeneratePlane.of(at, tolerance))
                .or(() ->
                        FewDimensions.of(problem).flatMap(witness -> minimum(witness, at, hessian, rank, bound, noise)))
                .orElseGet(() -> new CosineVerdict.Undecided(String.format(
                        Locale.ROOT,
                        "near a critical point with a certified relative gap of at most %.3g, but curvature up to %.2g of the"
                                + " terms counts as zero, which does not tell a minimum from a saddle",
                        gap,
                        tolerance)));
    }

    /**
     * A local minimum, if all zero eigenvalues come from rotations of the d dimensions. With an unused dimension, the theorem
     * leaves only global minima and saddles.
     */
    private Optional<CosineVerdict> minimum(
            FewDimensions witness,
            CosineDerivatives at,
            TangentHessian hessian,
            int rank,
            LowerBound bound,
            double noise) {
        int d = at.problem().featureDimension();
        int rotations = d * rank - rank * (rank + 1) / 2;
        if (rank < d || hessian.index() > 0 || hessian.nullity() != rotations) {
            return Optional.empty();
        }
        double[] values = hessian.eigenvalues();
        double smallest = values.length == 0 ? 0 : values[0];
        double next = hessian.nullity() < values.length ? values[hessian.nullity()] : Double.POSITIVE_INFINITY;
        CosineSolution best = new CosineSolver(options.search()).solve(at.problem());
        LowerBound higher = best.lowerBound().value() > bound.value() ? best.lowerBound() : bound;
        double gap = higher.relativeGap(at.value());
        if (gap <= options.relativeGap()) {
            return Optional.of(new CosineVerdict.GlobalMinimum(at.value(), higher, gap, options.relativeGap()));
        }
        return Optional.of(
                best.objective() < at.value() * (1 - options.relativeGap())
                        ? new CosineVerdict.SpuriousLocalMinimum(
                                witness, at.value(), best.objective(), hessian.nullity(), next, smallest, noise)
                        : new CosineVerdict.LocalMinimum(
                                witness, at.value(), higher, best.starts(), hessian.nullity(), next, smallest, noise));
    }

    private static CosineVerdict saddle(CosineDerivatives at, FallingDirection falling, int rank, double noise) {
        int d = at.problem().featureDimension();
        return new CosineVerdict.StrictSaddle(
                falling.origin(),
                Matrix.wrap(d, falling.vector().length / d, falling.vector()),
                falling.curvature(),
                rank,
                d,
                noise);
    }
}
