package io.github.collapse4j.landscape;

import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.optim.EuclideanProblem;
import io.github.collapse4j.optim.TrustRegionNewton;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/** Local minima of the reduced model from random starts; the same seed gives the same minima on any number of threads. */
public final class MultiStart {
    private final long seed;
    private final TrustRegionNewton newton;

    /** Starts are numbered; start i uses a generator seeded by {@code seed} and i alone. */
    public MultiStart(long seed) {
        this.seed = seed;
        this.newton = new TrustRegionNewton(TrustRegionNewton.Options.defaults().withGradientTolerance(1e-14));
    }

    /** A point where the descent ended. */
    public record Minimum(UfmPoint point, double objective, double gradientNorm, int start) {}

    /** The minima of {@code starts} starts, in the order of the starts. */
    public List<Minimum> minima(UfmModel model, int starts) {
        return IntStream.range(0, starts)
                .parallel()
                .mapToObj(start -> minimum(model, start))
                .toList();
    }

    /** The lowest of {@code starts} starts; of equal ones the first. */
    public Minimum best(UfmModel model, int starts) {
        return minima(model, starts).stream()
                .reduce((a, b) -> b.objective() < a.objective() ? b : a)
                .orElseThrow();
    }

    /** Where the descent of one start ends. */
    public Minimum minimum(UfmModel model, int start) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 1_000_003L + start);
        UfmObjective objective = model.objective();
        UfmPoint from = model.randomPoint(random, startScale(model));
        EuclideanProblem problem = new EuclideanProblem(objective, objective.toVector(from));
        TrustRegionNewton.Result result = newton.minimize(problem);
        return new Minimum(objective.toPoint(problem.point()), result.value(), result.gradientNorm(), start);
    }

    /** Entries of a size at which the logits of a random start are of order one. */
    public static double startScale(UfmModel model) {
        double perClass =
                (double) model.problem().counts().samples() / model.problem().classes();
        return Math.pow(perClass, 0.25) / Math.pow(model.problem().featureDimension(), 0.25);
    }
}
