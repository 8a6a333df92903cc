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
 * Starts an optimiser at a small distance from a saddle along its most negative direction, and follows it down. What it
 * should do near the saddle is what the same optimiser does on {@code ½λx²} with the most negative eigenvalue λ, and near a
 * minimum what it does with the smallest positive eigenvalue; for methods whose step does not depend on the function's
 * values, both are linear, and the prediction is run rather than derived.
 */
public final class EscapeExperiment {
    /** Where a run begins, from the saddle. */
    public static final double START = 1e-6;

    /** The distance at which a run has left the saddle. */
    public static final double LEFT = 1e-2;

    /** Below this distance the function is quadratic enough to compare rates. */
    private static final double LINEAR = 1e-3;

    private final UfmModel model;
    private final double optimum;
    private final Limits limits;

    /**
     * @param optimum f*, the certified global minimum
     */
    public EscapeExperiment(UfmModel model, double optimum, Limits limits) {
        this.model = model;
        this.optimum = optimum;
        this.limits = limits;
    }

    /**
     * A method to try.
     *
     * @param isLinear whether its steps on a quadratic are linear in the gradient, so that rates can be predicted
     */
    public record Method(String name, Optimizer optimizer, boolean isLinear) {}

    /**
     * Runs a method.
     *
     * @param saddle the critical point
     * @param direction a unit eigenvector of its most negative eigenvalue, as a vector {@code [W | H | b]}
     * @param curvature that eigenvalue
     * @param stiffness the smallest positive eigenvalue at the minimum, for the rate of arrival
     */
    public EscapeRun run(Method method, UfmPoint saddle, double[] direction, double curvature, double stiffness) {
        UfmObjective objective = model.objective();
        double[] origin = objective.toVector(saddle);
        double[] start = origin.clone();
        Vectors.add(START / Vectors.norm(direction), direction, start);
        Trace.Builder distance = new Trace.Builder();
        Trace.Builder gap = new Trace.Builder();
        double[] difference = new double[origin.length];
        // At a flat saddle the gradient of the start may already be within the limits' tolerance.
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
                rate(predicted, 2 * START, LINEAR),
                gaps.logSlope(1e-11, 1e-6),
                method.isLinear() ? arrival(method, stiffness) : OptionalDouble.empty(),
                result.point(),
                result.value(),
                result.gradientNorm());
    }

    private static OptionalDouble rate(Optional<Trace> trace, double lowest, double highest) {
        return trace.isPresent() ? OptionalDouble.of(trace.get().logSlope(lowest, highest)) : OptionalDouble.empty();
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
        return OptionalDouble.of(square.build().logSlope(1e-16, 1e-4));
    }
}
