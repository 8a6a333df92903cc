package io.github.collapse4j.nonnegative;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.SquaredErrorBound;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.RandomStarts;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.SolveOptions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds the global minimum over W, b and H ≥ 0 with a certificate (docs/theory.md §14): first the group lasso, with one
 * unit per class, over groups of exchangeable classes; where classes gain by sharing units, descents over factors, which
 * get the polar's maximiser as a new unit until the polar certifies them. In fewer dimensions than units are needed, the
 * lowest of many descents, with a bound that need not be tight.
 */
public final class NonnegativeSolver {
    /** Maximum K·M for descents over factors. */
    private static final long SEARCHABLE = 40_000;

    /** Which minimum a descent ends at depends on the size of its start: each random point is tried at these. */
    private static final double[] SCALES = {1, 3, 0.3};

    /** Maximum number of groups of exchangeable classes for descents in their coordinates. */
    private static final int SHARED_GROUPS = 40;

    /** Maximum number of classes for the twin in the features' Gram matrix. */
    private static final int GRAM_CLASSES = 2_000;

    /** Maximum K·M·d of a descent in fewer dimensions than are needed. */
    private static final long MAX_PRODUCTS = 100_000_000;

    private static final int MAX_ADDED = 12;

    /** The gap up to which a value counts as certified. */
    private static final double TOLERANCE = Assessor.Options.defaults().relativeGap();

    private final SolveOptions options;

    public NonnegativeSolver(SolveOptions options) {
        this.options = options;
    }

    /**
     * Solves a problem with any loss, also with targets other than classes.
     *
     * @throws TooFewDimensionsException if the minimum needs more dimensions, and there are too many for a search in fewer
     */
    public NonnegativeSolution solve(NonnegativeProblem problem) {
        UfmProblem free = problem.free();
        Optional<LassoSolution> lasso =
                free.loss().isOfClasses() ? Optional.of(LassoSolution.of(free)) : Optional.empty();
        boolean searchable = isSearchable(free);
        Optional<SharedClassUnits> shared =
                lasso.filter(found -> !isSolved(found)).flatMap(found -> shared(problem, found));
        if (shared.isEmpty() && lasso.isPresent() && !isSolved(lasso.get()) && free.classes() > Polar.ENUMERABLE) {
            Optional<UnitSearch.Minimum> found = ofGram(free, lasso.get());
            if (found.isPresent()) {
                return withUnits(problem, lasso, found.get());
            }
        }
        if (shared.isPresent() && (free.featureDimension() >= shared.get().neededWidth())) {
            return shared.get();
        }
        if (lasso.isPresent() && (isSolved(lasso.get()) || !searchable)) {
            LassoSolution solved = lasso.get();
            if (free.featureDimension() >= solved.survivors()) {
                return new ClassUnits(problem, solved);
            }
            return bestOfStarts(problem, lasso, solved.lowerBound(), solved.survivors(), solved.objective());
        }
        if (shared.isPresent()) {
            return bestOfStarts(
                    problem,
                    lasso,
                    shared.get().lowerBound(),
                    shared.get().neededWidth(),
                    shared.get().objective());
        }
        UnitSearch search = new UnitSearch(free, options.relativeGap());
        return withUnits(problem, lasso, minimum(search, lasso));
    }

    /**
     * Units that many classes share, if their own bound certifies them, or if they lower the value where a search for
     * units is too expensive.
     */
    private Optional<UnitSearch.Minimum> ofGram(UfmProblem free, LassoSolution lasso) {
        if (free.classes() > GRAM_CLASSES) {
            return Optional.empty();
        }
        boolean searchable = isSearchable(free);
        return SharedUnits.of(new UnitSearch(free, options.relativeGap()), lasso)
                .filter(found -> found.relativeGap() <= TOLERANCE
                        || (!searchable
                                && found.relativeGap() < lasso.lowerBound().relativeGap(lasso.objective())));
    }

    private NonnegativeSolution withUnits(
            NonnegativeProblem problem, Optional<LassoSolution> lasso, UnitSearch.Minimum minimum) {
        UfmProblem free = problem.free();
        UfmPoint units = UnitSearch.reduce(minimum);
        int needed = units.classifier().columns();
        if (needed <= free.featureDimension()) {
            UfmPoint point = UnitSearch.inUnitsOf(free, units).padTo(free.featureDimension());
            return new FoundUnits(
                    problem,
                    point,
                    UfmModel.reduced(free).value(point),
                    minimum.bound(),
                    needed,
                    minimum.objective(),
                    NonnegativeSolution.Method.SHARED_UNITS);
        }
        return bestOfStarts(problem, lasso, minimum.bound(), needed, minimum.objective());
    }

    /** The solution in groups of exchangeable classes, if there are few groups and it certifies itself. */
    private Optional<SharedClassUnits> shared(NonnegativeProblem problem, LassoSolution lasso) {
        int groups = lasso.model().size();
        if (groups > SHARED_GROUPS || groups == lasso.model().groups().classes()) {
            return Optional.empty();
        }
        return Optional.of(SharedClassUnits.of(problem, lasso, options.seed(), options.relativeGap()))
                .filter(found -> found.relativeGap() <= TOLERANCE);
    }

    private static boolean isSearchable(UfmProblem free) {
        return (long) free.classes() * free.groups() <= SEARCHABLE;
    }

    private boolean isSolved(LassoSolution lasso) {
        return lasso.lowerBound().relativeGap(lasso.objective()) <= Math.max(options.relativeGap(), 1e-10);
    }

    /** The certified minimum over all feature dimensions, as well as it can be certified. */
    private UnitSearch.Minimum minimum(UnitSearch search, Optional<LassoSolution> lasso) {
        UfmProblem balanced = search.balanced();
        int width = Math.min(balanced.featureDimension(), Math.max(balanced.groups(), 2));
        UnitSearch.Minimum best = null;
        // Where the polar is not exact, more starts would meet the same bound.
        int starts = balanced.groups() <= Polar.ENUMERABLE ? options.starts() : lasso.isPresent() ? 0 : 1;
        for (int start = lasso.isPresent() ? -1 : 0; start < starts; start++) {
            UfmPoint from = start < 0
                    ? fromLasso(lasso.get())
                    : random(UfmModel.reduced(balanced.withFeatureDimension(width)), start);
            UnitSearch.Minimum found = search.complete(search.descend(from), MAX_ADDED);
            best = best == null ? found : lowest(best, found);
            if (best.relativeGap() <= options.relativeGap() || (best.relativeGap() <= TOLERANCE && start >= 2)) {
                break;
            }
        }
        return Objects.requireNonNull(best, "no start");
    }

    private static UnitSearch.Minimum lowest(UnitSearch.Minimum a, UnitSearch.Minimum b) {
        UnitSearch.Minimum lower = b.objective() < a.objective() ? b : a;
        LowerBound bound = b.bound().value() > a.bound().value() ? b.bound() : a.bound();
        return new UnitSearch.Minimum(lower.point(), lower.objective(), bound);
    }

    private static UfmPoint fromLasso(LassoSolution lasso) {
        return UnitSearch.inBalancedUnits(lasso.model().problem(), lasso.point(Math.max(1, lasso.survivors())));
    }

    /** A random start of the reduced model with H ≥ 0; starts in turn have logits of order 1, 9 and 0.1. */
    private UfmPoint random(UfmModel model, int start) {
        UfmPoint point = new RandomStarts(options.seed()).point(model, start / SCALES.length);
        double scale = SCALES[start % SCALES.length];
        double[] features = point.features().data();
        Arrays.setAll(features, i -> scale * Math.abs(features[i]));
        return new UfmPoint(point.classifier().scale(scale), point.features(), point.bias());
    }

    private NonnegativeSolution bestOfStarts(
            NonnegativeProblem problem,
            Optional<LassoSolution> lasso,
            LowerBound bound,
            int needed,
            double unrestricted) {
        UfmProblem free = problem.free();
        int most = (int) Math.min(Integer.MAX_VALUE, MAX_PRODUCTS / free.classes() / free.groups());
        if (free.featureDimension() > most) {
            throw new TooFewDimensionsException(needed, most, free.featureDimension());
        }
        UnitSearch search = new UnitSearch(free, options.relativeGap());
        UfmModel model = UfmModel.reduced(search.balanced());
        int first = lasso.isPresent() ? -1 : 0;
        int starts = isSearchable(free) ? SCALES.length * options.starts() : 1;
        FaceDescent.EndPoint best = IntStream.range(first, starts)
                .parallel()
                .mapToObj(start -> FaceDescent.from(
                        model,
                        start < 0
                                ? largestUnits(fromLasso(lasso.orElseThrow()), free.featureDimension())
                                : random(model, start)))
                .min(Comparator.comparingDouble(FaceDescent.EndPoint::value))
                .orElseThrow();
        UfmPoint point = UnitSearch.inUnitsOf(free, best.point());
        UfmModel reduced = UfmModel.reduced(free);
        double objective = reduced.value(point);
        // A point that a start found may certify itself where the search in all dimensions ended before.
        LowerBound own = bound.relativeGap(unrestricted) <= options.relativeGap()
                ? bound
                : NonnegativeBound.of(reduced, point, objective);
        LowerBound tightest = SquaredErrorBound.tighten(free, own.value() > bound.value() ? own : bound);
        boolean attained = tightest.relativeGap(objective) <= TOLERANCE;
        return new FoundUnits(
                problem,
                point,
                objective,
                tightest,
                attained ? free.featureDimension() : needed,
                attained ? objective : unrestricted,
                attained ? NonnegativeSolution.Method.SHARED_UNITS : NonnegativeSolution.Method.MULTI_START);
    }

    /** The units of the largest size. */
    private static UfmPoint largestUnits(UfmPoint point, int count) {
        int units = point.classifier().columns();
        int kept = Math.min(count, units);
        int[] order = IntStream.range(0, units)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        j -> -Vectors.norm(point.classifier().column(j))))
                .mapToInt(Integer::intValue)
                .limit(kept)
                .toArray();
        Matrix w = Matrix.zeros(point.classifier().rows(), count);
        Matrix h = Matrix.zeros(count, point.features().columns());
        for (int j = 0; j < kept; j++) {
            for (int k = 0; k < w.rows(); k++) {
                w.set(k, j, point.classifier().get(k, order[j]));
            }
            for (int k = 0; k < h.columns(); k++) {
                h.set(j, k, point.features().get(order[j], k));
            }
        }
        return new UfmPoint(w, h, point.bias());
    }
}
