package io.github.collapse4j.cosine;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.optim.TrustRegionNewton;
import java.util.Objects;

/**
 * Global minima of cosine heads: trust-region Newton on the product of spheres, from the simplex ETF and then from random
 * starts until the dual bound certifies one. Dimensions beyond K are not needed and stay unused. Below {@code d = K − 1} the
 * bound, which knows no dimension, need not be attained: the result is then the lowest minimum of all starts.
 */
public final class CosineSolver {
    /** Maximum number of classes: several K×K matrices are kept. */
    public static final int MAX_CLASSES = 10_000;

    private static final int MAX_ITERATIONS = 500;
    private static final int MAX_PRODUCTS = 1_000_000;
    /** First step in radians: far, towards the lowest minimum. */
    private static final double LONG_STEP = 1;
    /** First step in radians: short, to end at the minimum of the start's own valley. */
    private static final double SHORT_STEP = 0.01;

    private final Options options;

    public CosineSolver(Options options) {
        this.options = options;
    }

    /**
     * Stopping criteria.
     *
     * @param relativeGap certified gap at which to stop
     * @param starts number of starts
     * @param seed seed of the starts
     */
    public record Options(double relativeGap, int starts, long seed) {
        public Options {
            if (!(relativeGap >= 0) || starts < 1) {
                throw new IllegalArgumentException("options out of range: " + relativeGap + ", " + starts);
            }
        }

        /** Gap 1e-10, 24 starts, seed 0. */
        public static Options defaults() {
            return new Options(1e-10, 24, 0);
        }
    }

    /** The lowest point found, with a bound that holds in every dimension. */
    public CosineSolution solve(CosineProblem problem) {
        CosineProblem narrow = problem.withFeatureDimension(Math.min(problem.featureDimension(), problem.classes()));
        Search search = search(narrow);
        if (narrow.featureDimension() < problem.classes() && search.gap() > options.relativeGap()) {
            // The bound of a wider model holds here, too; only that model attains it.
            LowerBound wider = search(problem.ofWholeClasses().withFeatureDimension(problem.classes()))
                    .bound();
            search = new Search(
                    search.lowest(), wider.value() > search.bound().value() ? wider : search.bound(), search.starts());
        }
        CosinePoint point = search.lowest().point();
        return new CosineSolution(
                problem,
                point.padTo(problem.featureDimension()),
                search.lowest().value(),
                search.bound(),
                search.starts());
    }

    /** Where the descent from one point ends, at the precision of round-off. */
    static CosineDerivatives descend(CosineProblem problem, CosinePoint start) {
        CosineDescent descent = new CosineDescent(problem, start);
        new TrustRegionNewton(new TrustRegionNewton.Options(0, MAX_ITERATIONS, MAX_PRODUCTS, SHORT_STEP))
                .minimize(descent);
        return descent.current();
    }

    /** Where the descent from one point ends, or where the gap is small enough. */
    private CosineDerivatives minimum(CosineProblem problem, CosinePoint start) {
        CosineDescent descent = new CosineDescent(problem, start);
        // Near a minimum the gap is of first order in the gradient, so a larger one need not be tested.
        new TrustRegionNewton(new TrustRegionNewton.Options(0, MAX_ITERATIONS, MAX_PRODUCTS, LONG_STEP))
                .minimize(
                        descent,
                        (iteration, value, norm, products) -> options.relativeGap() > 0
                                && descent.current().relativeGradient() <= Math.sqrt(options.relativeGap())
                                && CosineBound.atMinimum(descent.current()).relativeGap(value)
                                        <= options.relativeGap() / 16);
        return descent.current();
    }

    private Search search(CosineProblem problem) {
        boolean hasSimplex = problem.featureDimension() >= problem.classes() - 1;
        Search best = null;
        for (int start = 0; start < options.starts() && (best == null || best.gap() > options.relativeGap()); start++) {
            CosinePoint from = hasSimplex && start == 0
                    ? CosinePoint.simplex(problem, options.seed())
                    : CosinePoint.random(problem, options.seed(), start);
            CosineDerivatives end = minimum(problem, from);
            LowerBound bound = CosineBound.of(end);
            best = best == null ? new Search(end, bound, 1) : best.with(end, bound);
        }
        return Objects.requireNonNull(best);
    }

    private record Search(CosineDerivatives lowest, LowerBound bound, int starts) {
        double gap() {
            return bound.relativeGap(lowest.value());
        }

        Search with(CosineDerivatives end, LowerBound other) {
            return new Search(
                    end.value() < lowest.value() ? end : lowest,
                    other.value() > bound.value() ? other : bound,
                    starts + 1);
        }
    }
}
