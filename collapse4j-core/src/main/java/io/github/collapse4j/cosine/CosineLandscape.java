package io.github.collapse4j.cosine;

import io.github.collapse4j.certificate.LowerBound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Critical points of a cosine head, from descents in every dimension up to d: from random starts, and from the lowest point
 * with one feature reversed, which is how a rare class gets wedged between the others. Minima of fewer dimensions are saddles
 * of more. A search, not an enumeration.
 *
 * @param points by value, each with its verdict; the starts that ended at no critical point are not among them
 * @param starts number of random starts in each dimension
 * @param bound the certified lower bound for these counts in any dimension
 */
public record CosineLandscape(CosineProblem problem, List<Found> points, int starts, LowerBound bound) {
    /** Points of the same rank and closer in value and smallest multiplier than this, relatively, are the same. */
    private static final double SAME = 1e-7;

    private static final int MAX_FLIPS = 64;

    /**
     * A critical point.
     *
     * @param dimension the dimension in which descents found it
     * @param timesFound number of descents, in this and all other dimensions searched, that ended there
     * @param timesFoundInFullDimension those of them in the largest dimension searched
     */
    public record Found(CosineAssessment assessment, int dimension, int timesFound, int timesFoundInFullDimension) {}

    /**
     * Searches for critical points.
     *
     * @param starts number of random starts in each dimension, at least 1
     */
    public static CosineLandscape explore(CosineProblem problem, int starts, long seed) {
        CosineSolver.Options search =
                new CosineSolver.Options(CosineSolver.Options.defaults().relativeGap(), starts, seed);
        CosineSolution best = new CosineSolver(search).solve(problem);
        CosineAssessor assessor = new CosineAssessor(search);
        List<Found> found = new ArrayList<>();
        int first = problem.classes() == 2 ? 1 : 2;
        int full = Math.min(problem.featureDimension(), problem.classes());
        for (int d = first; d <= full; d++) {
            CosineProblem narrow = problem.withFeatureDimension(d);
            CosinePoint lowest = new CosineSolver(search).solve(narrow).point();
            int dimension = d;
            IntStream.range(0, starts + Math.min(problem.groups(), MAX_FLIPS))
                    .parallel()
                    .mapToObj(start -> start < starts
                            ? CosinePoint.random(narrow, seed, start)
                            : lowest.withFlippedFeature(start - starts))
                    .map(start -> CosineSolver.descend(narrow, start).point().padTo(problem.featureDimension()))
                    .map(point -> assessor.assess(problem, point, best.lowerBound()))
                    .filter(assessment -> !(assessment.verdict() instanceof CosineVerdict.NotCritical))
                    .forEachOrdered(
                            assessment -> add(found, new Found(assessment, dimension, 1, dimension == full ? 1 : 0)));
        }
        found.sort(Comparator.comparingDouble(
                point -> point.assessment().derivatives().value()));
        return new CosineLandscape(problem, List.copyOf(found), starts, best.lowerBound());
    }

    private static void add(List<Found> found, Found one) {
        for (int i = 0; i < found.size(); i++) {
            Found other = found.get(i);
            if (isSame(other.assessment(), one.assessment())) {
                found.set(
                        i,
                        new Found(
                                other.assessment(),
                                other.dimension(),
                                other.timesFound() + 1,
                                other.timesFoundInFullDimension() + one.timesFoundInFullDimension()));
                return;
            }
        }
        found.add(one);
    }

    private static boolean isSame(CosineAssessment one, CosineAssessment other) {
        return one.rank() == other.rank()
                && one.verdict().getClass() == other.verdict().getClass()
                && isClose(one.derivatives().value(), other.derivatives().value())
                && isClose(smallest(one), smallest(other));
    }

    private static double smallest(CosineAssessment assessment) {
        return Arrays.stream(assessment.derivatives().multipliers()).min().orElse(0);
    }

    private static boolean isClose(double x, double y) {
        return Math.abs(x - y) <= SAME * Math.max(Math.abs(x), Math.abs(y));
    }
}
