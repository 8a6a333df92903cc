package io.github.collapse4j.lastlayer;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.nonnegative.NonnegativeAssessment;
import io.github.collapse4j.nonnegative.NonnegativeAssessor;
import io.github.collapse4j.nonnegative.NonnegativeFeatures;
import io.github.collapse4j.nonnegative.NonnegativeProblem;
import io.github.collapse4j.nonnegative.NonnegativeSolution;
import io.github.collapse4j.nonnegative.NonnegativeSolver;
import io.github.collapse4j.solve.ClassGroups;
import io.github.collapse4j.solve.SolveOptions;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** A last layer behind a ReLU as a point of the model with non-negative features (docs/theory.md §14). */
final class NonnegativeLayer {
    /** Maximum number of different class counts for which the optimum is computed. */
    private static final int MAX_GROUPS = 1500;

    private NonnegativeLayer() {}

    /**
     * The optimum of layers with non-negative features; empty if there are too many classes.
     *
     * @param means the layer's scaled class means
     * @param free a certified lower bound for free features, which holds here too
     */
    static Optional<NonnegativeOptimum> optimum(UfmProblem problem, UfmPoint means, LowerBound free) {
        if (ClassGroups.of(problem).groups() > MAX_GROUPS) {
            return Optional.empty();
        }
        int width = Math.max(problem.classes(), problem.featureDimension());
        NonnegativeSolution solution = new NonnegativeSolver(SolveOptions.defaults())
                .solve(new NonnegativeProblem(problem.withFeatureDimension(width)));
        LowerBound bound = solution.lowerBound();
        int[] dead = IntStream.range(0, means.features().columns())
                .filter(k -> Arrays.stream(means.features().column(k)).allMatch(h -> h == 0))
                .toArray();
        int[] surviving = IntStream.range(0, means.features().columns())
                .filter(k -> Arrays.binarySearch(dead, k) < 0)
                .toArray();
        return Optional.of(new NonnegativeOptimum(
                solution.objective(),
                bound.value() >= free.value() ? bound : free,
                solution.neededWidth(),
                NonnegativeAssessor.gaugeOverMu(UfmModel.reduced(problem), means),
                dead,
                surviving));
    }

    /** The best non-negative features for the layer's W and b. */
    static BestFeatures bestFeatures(UfmModel reduced, UfmPoint means) {
        return new BestFeatures(reduced.value(means), NonnegativeFeatures.lowestValue(reduced, means));
    }

    /** The verdict on a stationary layer whose gap is above the tolerance. */
    static Verdict verdict(UfmModel reduced, UfmPoint means, NonnegativeOptimum optimum, double tolerance) {
        boolean attained = reduced.problem().featureDimension() >= optimum.neededWidth();
        NonnegativeAssessment assessment = new NonnegativeAssessor(Assessor.Options.defaults()
                        .withResidual(10 * tolerance)
                        .withBestKnown(attained ? optimum.objective() : Double.MAX_VALUE))
                .assess(reduced, means);
        return assessment.verdict();
    }
}
