package io.github.collapse4j.nonnegative;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.linalg.SeededRandom;
import io.github.collapse4j.model.RandomStarts;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Local minima with non-negative features from random starts, gathered by value and judged. The same seed gives the same
 * result on any number of threads.
 */
public final class NonnegativeHunt {
    /** Relative distance of two values of one minimum; a flat one is approached slowly. */
    private static final double SAME = 1e-7;

    private final NonnegativeProblem problem;
    private final long seed;

    public NonnegativeHunt(NonnegativeProblem problem, long seed) {
        this.problem = problem;
        this.seed = seed;
    }

    /**
     * Descents that ended at one value.
     *
     * @param point the lowest end, in the reduced model
     * @param starts number of descents
     * @param assessment the verdict on it
     */
    public record Finding(UfmPoint point, int starts, NonnegativeAssessment assessment) {
        public double objective() {
            return assessment.objective();
        }
    }

    /**
     * Runs descents from random starts, and returns where they end, lowest first. Starts have H ≥ 0 and sizes spread
     * over a factor of ten.
     */
    public List<Finding> run(int starts) {
        UfmProblem free = problem.free();
        UfmModel model = UfmModel.reduced(new UnitSearch(free, 0).balanced());
        List<FaceDescent.EndPoint> ends = IntStream.range(0, starts)
                .parallel()
                .mapToObj(start -> FaceDescent.from(model, start(model, start)))
                .sorted(Comparator.comparingDouble(FaceDescent.EndPoint::value))
                .toList();
        Assessor.Options options =
                Assessor.Options.defaults().withBestKnown(ends.get(0).value());
        List<Finding> findings = new ArrayList<>();
        for (int first = 0; first < ends.size(); ) {
            int next = first;
            while (next < ends.size()
                    && ends.get(next).value() <= ends.get(first).value() * (1 + SAME)) {
                next++;
            }
            UfmPoint point = UnitSearch.inUnitsOf(free, ends.get(first).point());
            findings.add(new Finding(
                    point, next - first, new NonnegativeAssessor(options).assess(UfmModel.reduced(free), point)));
            first = next;
        }
        return findings;
    }

    private UfmPoint start(UfmModel model, int start) {
        UfmPoint point = new RandomStarts(seed).point(model, start);
        RandomGenerator random = SeededRandom.of(seed * 31 + start);
        double scale = Math.pow(10, random.nextDouble() - 0.5);
        double[] features = point.features().data();
        Arrays.setAll(features, i -> scale * Math.abs(features[i]));
        return new UfmPoint(point.classifier().scale(scale), point.features(), point.bias());
    }
}
