package io.github.collapse4j.nonnegative;

import io.github.collapse4j.model.UfmProblem;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Where along μ classes die behind a ReLU.
 *
 * @param vanishing the μ from which on all classes are dead
 * @param scan outlooks at ascending values of μ
 * @param deadFrom for each group, the μ from which on its classes are dead: by formula without a bias, otherwise to a
 *     relative 1e-6 and within the scan
 */
public record ReluBoundaries(double vanishing, List<Step> scan, OptionalDouble[] deadFrom) {
    /** A μ at which all classes are dead; the bias there does not depend on it. */
    private static final double BEYOND = 1e3;

    private static final double TOLERANCE = 1e-6;

    /** A μ and its outlook. */
    public record Step(double mu, ReluOutlook outlook) {}

    /** The μ from which on all classes are dead. */
    public static double vanishing(UfmProblem problem) {
        return at(problem, BEYOND).largestGradientNorm();
    }

    /** Scans from one μ to another, in {@code steps} equal ratios. */
    public static ReluBoundaries scan(UfmProblem problem, double from, double to, int steps) {
        List<Step> scan = IntStream.rangeClosed(0, steps)
                .mapToDouble(i -> i == steps ? to : from * Math.pow(to / from, (double) i / steps))
                .mapToObj(mu -> new Step(mu, at(problem, mu)))
                .toList();
        int groups = scan.get(0).outlook().groups().groups();
        OptionalDouble[] dead = new OptionalDouble[groups];
        for (int g = 0; g < groups; g++) {
            OptionalDouble formula = scan.get(0).outlook().deadFrom(g);
            dead[g] = formula.isPresent() ? formula : crossing(problem, scan, g);
        }
        return new ReluBoundaries(vanishing(problem), scan, dead);
    }

    private static OptionalDouble crossing(UfmProblem problem, List<Step> scan, int group) {
        for (int i = 1; i < scan.size(); i++) {
            if (scan.get(i - 1).outlook().survives(group)
                    && !scan.get(i).outlook().survives(group)) {
                double low = scan.get(i - 1).mu();
                double high = scan.get(i).mu();
                while (high - low > TOLERANCE * high) {
                    double middle = Math.sqrt(low * high);
                    if (at(problem, middle).survives(group)) {
                        low = middle;
                    } else {
                        high = middle;
                    }
                }
                return OptionalDouble.of(high);
            }
        }
        return OptionalDouble.empty();
    }

    private static ReluOutlook at(UfmProblem problem, double mu) {
        return ReluOutlook.of(
                new UfmProblem(problem.loss(), problem.counts(), problem.featureDimension(), mu, mu, problem.bias()));
    }
}
