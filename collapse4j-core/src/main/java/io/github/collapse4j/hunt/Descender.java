package io.github.collapse4j.hunt;

import io.github.collapse4j.optim.EuclideanTrustRegion;
import io.github.collapse4j.optim.GradientDescent;
import io.github.collapse4j.optim.Lbfgs;
import io.github.collapse4j.optim.Limits;
import io.github.collapse4j.optim.Optimizer;
import java.io.Serializable;
import java.util.List;

/**
 * A named optimiser with its limits.
 *
 * @param name identifies the optimiser, including its options
 */
public record Descender(String name, Optimizer optimizer, Limits limits) implements Serializable {
    private static final double GRADIENT_TOLERANCE = 1e-10;

    /** Trust-region Newton, L-BFGS, and gradient descent with backtracking and at most 5,000 iterations. */
    public static List<Descender> defaults() {
        Limits limits = Limits.defaults().withGradientTolerance(GRADIENT_TOLERANCE);
        return List.of(
                new Descender(
                        "trust-region Newton",
                        new EuclideanTrustRegion(EuclideanTrustRegion.Options.defaults()),
                        limits.withMaxIterations(500)),
                new Descender("L-BFGS", new Lbfgs(Lbfgs.Options.defaults()), limits.withMaxIterations(5_000)),
                new Descender(
                        "gradient descent",
                        new GradientDescent(GradientDescent.Options.defaults()),
                        limits.withMaxIterations(5_000)));
    }
}
