package io.github.collapse4j.certificate;

import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.Optional;

/**
 * Determines the verdict on a point (docs/theory.md §4): first by the certificate, then by rank, last by the reduced
 * Hessian. The noise level of {@link NearestCritical} decides what counts as zero.
 */
public final class Assessor {
    private final Options options;

    public Assessor(Options options) {
        this.options = options;
    }

    /**
     * Tolerances.
     *
     * @param relativeGap certified gap up to which a point is a global minimum
     * @param residual {@link Residuals#largest()} up to which a point is critical
     * @param searchStarts random starts that search for a lower point before the verdict on a local minimum
     * @param seed seed of those starts
     * @param bestKnown a value known to be attained by some point of the problem; infinite if none is known
     */
    public record Options(double relativeGap, double residual, int searchStarts, long seed, double bestKnown) {
        /** Gap 1e-8, residual 1e-6, 24 starts, seed 0. */
        public static Options defaults() {
            return new Options(1e-8, 1e-6, 24, 0, Double.POSITIVE_INFINITY);
        }

        public Options withResidual(double tolerance) {
            return new Options(relativeGap, tolerance, searchStarts, seed, bestKnown);
        }

        public Options withSearchStarts(int starts) {
            return new Options(relativeGap, residual, starts, seed, bestKnown);
        }

        public Options withBestKnown(double value) {
            return new Options(relativeGap, residual, searchStarts, seed, value);
        }
    }

    /** Assesses a point of the full or the reduced model. */
    public Assessment assess(UfmModel model, UfmPoint point) {
        UfmModel reduced = UfmModel.reduced(model.problem());
        UfmPoint means = model.reduce(point);
        NearestCritical nearest = NearestCritical.of(reduced, means);
        CriticalPointFacts facts = CriticalPointFacts.of(model, point, nearest);
        LowerBound bound = SquaredErrorBound.tighten(model.problem(), DualBound.of(model, point, facts.objective()));
        double gap = bound.relativeGap(facts.objective());
        if (gap <= options.relativeGap()) {
            return new Assessment(
                    facts, bound, new Verdict.GlobalMinimum(facts.objective(), bound, gap, options.relativeGap()));
        }
        if (!(facts.residuals().largest() <= options.residual())) {
            return new Assessment(facts, bound, new Verdict.NotCritical(facts.residuals(), gap, options.residual()));
        }
        return new Assessment(
                facts,
                bound,
                ofCritical(reduced, means, nearest, bound, model)
                        .orElseGet(() -> new Verdict.Undecided(new Reason.WithinNoise(gap, nearest.noise()))));
    }

    /**
     * The verdict on a point that is critical to within the noise and not a certified global minimum; empty if
     * undecided.
     */
    private Optional<Verdict> ofCritical(
            UfmModel reduced, UfmPoint means, NearestCritical nearest, LowerBound bound, UfmModel asked) {
        UfmProblem problem = reduced.problem();
        if (nearest.rank() == problem.maximalRank()) {
            return Optional.empty(); // the changed loss has its global minimum here (§4, "Enough dimensions")
        }
        if (nearest.rank() < problem.featureDimension()) {
            return NegativeCurvature.alongUnused(reduced, means, nearest)
                    .map(escape -> strictSaddle(problem, nearest, expanded(escape, asked)));
        }
        Optional<OpenLandscape> landscape = OpenLandscape.of(problem);
        if (landscape.isPresent()) {
            return new FullRank(options, landscape.orElseThrow(), nearest).verdict(means, bound);
        }
        return NegativeCurvature.lowest(reduced, means, nearest)
                .map(escape -> strictSaddle(problem, nearest, expanded(escape, asked)));
    }

    private static Verdict strictSaddle(UfmProblem problem, NearestCritical nearest, Escape escape) {
        return new Verdict.StrictSaddle(
                escape,
                nearest.rank(),
                problem.featureDimension(),
                Math.max(largest(nearest.active()), largest(nearest.remaining())) / problem.mu(),
                nearest.noise());
    }

    private static double largest(double[] descending) {
        return descending.length == 0 ? 0 : descending[0];
    }

    private static Escape expanded(Escape escape, UfmModel asked) {
        UfmPoint direction = asked.expand(escape.direction());
        if (escape instanceof Escape.UnusedDimension unused) {
            return new Escape.UnusedDimension(
                    direction,
                    unused.curvature(),
                    unused.predicted(),
                    unused.mostNegativeCurvature(),
                    unused.indexLowerBound());
        }
        Escape.Eigenvector vector = (Escape.Eigenvector) escape;
        return new Escape.Eigenvector(direction, vector.curvature(), vector.index());
    }
}
