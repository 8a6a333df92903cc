package io.github.collapse4j.model;

import io.github.collapse4j.optim.EuclideanProblem;
import io.github.collapse4j.optim.TrustRegionNewton;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Local minima of the reduced model from random starts; the same seed gives the same minima on any number of threads.
 */
public final class MultiStart {
    private final RandomStarts starts;
    private final TrustRegionNewton newton;

    /** Starts from {@link RandomStarts}. */
    public MultiStart(long seed) {
        this.starts = new RandomStarts(seed);
        this.newton = new TrustRegionNewton(TrustRegionNewton.Options.defaults().withGradientTolerance(1e-14));
    }

    /** The end point of a descent. */
    public record Minimum(UfmPoint point, double objective, double gradientNorm, int start) {}

    /** The minima of {@code count} starts, in the order of the starts. */
    public List<Minimum> minima(UfmModel model, int count) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(start -> minimum(model, start))
                .toList();
    }

    /** The lowest minimum of {@code count} starts; the first on ties. */
    public Minimum best(UfmModel model, int count) {
        return minima(model, count).stream()
                .reduce((a, b) -> b.objective() < a.objective() ? b : a)
                .orElseThrow();
    }

    /** The end point of the descent from one start. */
    public Minimum minimum(UfmModel model, int start) {
        return descend(model, starts.point(model, start), start);
    }

    /** Where the descent from a point ends, as start −1. */
    public Minimum minimumFrom(UfmModel model, UfmPoint start) {
        return descend(model, start, -1);
    }

    private Minimum descend(UfmModel model, UfmPoint from, int start) {
        UfmObjective objective = model.objective();
        EuclideanProblem problem = new EuclideanProblem(objective, objective.toVector(from));
        TrustRegionNewton.Result result = newton.minimize(problem);
        return new Minimum(objective.toPoint(problem.point()), result.value(), result.gradientNorm(), start);
    }
}
