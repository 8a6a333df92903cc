package io.github.collapse4j.landscape;

import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.optim.Limits;
import io.github.collapse4j.optim.Optimizer;
import io.github.collapse4j.optim.OptimizerResult;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Starts an optimiser close to a saddle, displaced along its most negative direction, and follows it down. Near the
 * saddle it should behave like the same optimiser on {@code ½λx²} with the most negative eigenvalue λ, and near a
 * minimum with the smallest positive eigenvalue. For methods whose step does not depend on function values, both are
 * linear, and the prediction is obtained by running the method, not by a formula.
 */
final class EscapeExperiment {
    /** Distance of the start from the saddle. */
    public static final double START = 1e-6;

    /** Distance at which a run counts as having left the saddle. */
    public static final double LEFT = 1e-2;

    /** Below this distance the function is quadratic enough to compare rates. */
    private static final double LINEAR = 1e-3;

    private final UfmModel model;
    private final double optimum;
    private final Limits limits;

    /** @param optimum f*, the certified global minimum */
    EscapeExperiment(UfmModel model, double optimum, Limits limits) {
        this.model = model;
        this.optimum = optimum;
        this.limits = limits;
    }

    /**
     * A method to test.
     *
     * @param isLinear whether its steps on a quadratic are linear in the gradient, so that rates can be predicted
     */
    record Method(String name, Optimizer optimizer, boolean isLinear) {}

    /**
     * Runs a method.
     *
     * @param saddle the critical point
     * @param direction a unit eigenvector of its most negative eigenvalue, as a vector {@code [W | H | b]}
     * @param curvature that eigenvalue
     * @param stiffness the smallest positive eigenvalue at the minimum, which determines the final rate
     */
    EscapeRun run(Method method, UfmPoint saddle, double[] direction, double curvature, double stiffness) {
        UfmObjective objective = model.objective();
        double[] origin = objective.toVector(saddle);
        double[] start = origin.clone();
        Vectors.add(START / Vectors.norm(direction), direction, start);
        Trace.Builder distance = new Trace.Builder();
        Trace.Builder gap = new Trace.Builder();
        double[] difference = new double[origin.length];
        // At a flat saddle, the gradient at the start may already be within the tolerance.
        Limits leaving =
                limits.withGradientTolerance(Math.min(limits.gradientTolerance(), 0.5 * START * Math.abs(curvature)));
        OptimizerResult result = method.optimizer().minimize(objective, start, leaving, (iteration, value, norm, x) -> {
            for (int i = 0; i < difference.length; i++) {
                difference[i] = x[i] - origin[i];
            }
            distance.add(iteration, Vectors.norm(difference));
            gap.add(iteration, Math.max(0, (value - optimum) / optimum));
            return false;
        });
        Trace distances = distance.build();
        Trace gaps = gap.build();
        OptionalInt left = distances.firstAtLeast(LEFT);
        Optional<Trace> predicted = method.isLinear() && left.orElse(0) > 0
                ? Optional.of(onQuadratic(method, curvature, left.getAsInt()))
                : Optional.empty();
        return new EscapeRun(
                method.name(),
                distances,
                predicted,
                gaps,
                left,
                distances.logSlope(2 * START, LINEAR),
                predicted.map(trace -> trace.logSlope(2 * START, LINEAR)).orElse(OptionalDouble.empty()),
                gaps.logSlope(1e-11, 1e-6),
                method.isLinear() ? arrival(method, stiffness) : OptionalDouble.empty(),
                result.point(),
                result.value(),
                result.gradientNorm());
    }

    /** The distance from zero on ½λx², from {@link #START}. */
    private Trace onQuadratic(Method method, double curvature, int iterations) {
        Trace.Builder distance = new Trace.Builder();
        method.optimizer()
                .minimize(
                        new Quadratic(curvature),
                        new double[] {START},
                        limits.withMaxIterations(iterations).withGradientTolerance(0),
                        (iteration, value, norm, x) -> {
                            distance.add(iteration, Math.abs(x[0]));
                            return false;
                        });
        return distance.build();
    }

    /** The rate at which the gap, a square, falls along the slowest direction. */
    private OptionalDouble arrival(Method method, double stiffness) {
        Trace.Builder square = new Trace.Builder();
        method.optimizer()
                .minimize(
                        new Quadratic(stiffness),
                        new double[] {1},
                        limits.withGradientTolerance(1e-12 * stiffness),
                        (iteration, value, norm, x) -> {
                            square.add(iteration, x[0] * x[0]);
                            return false;
                        });
        return square.build().logSlope(1e-16, 1e-4);
    }
}
