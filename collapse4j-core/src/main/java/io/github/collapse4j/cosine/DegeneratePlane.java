package io.github.collapse4j.cosine;

import java.util.Optional;

/**
 * Two classes in the plane with w_1 = w_2 orthogonal to all features: the only critical point at d ≥ K that is neither a
 * global minimum nor a strict saddle (docs/theory.md §13). Turning a feature by φ and the rows by ±φ³ lowers F.
 */
final class DegeneratePlane {
    private static final double ANGLE = 0.1;

    private DegeneratePlane() {}

    static Optional<CosineVerdict> of(CosineDerivatives at, double tolerance) {
        CosineProblem problem = at.problem();
        if (problem.classes() != 2 || problem.featureDimension() != 2 || !vanishes(at, tolerance)) {
            return Optional.empty();
        }
        double lowest = at.value();
        for (int signs = 0; signs < 4; signs++) {
            double[] step = new double[2 * (2 + problem.groups())];
            double[] units = at.point().units().data();
            double phi = (signs & 1) == 0 ? ANGLE : -ANGLE;
            double split = (signs & 2) == 0 ? ANGLE * ANGLE * ANGLE : -ANGLE * ANGLE * ANGLE;
            turn(units, step, 0, split);
            turn(units, step, 1, -split);
            turn(units, step, 2, phi);
            lowest = Math.min(lowest, CosineDerivatives.value(problem, CosineDescent.moved(at, step)));
        }
        return lowest < at.value()
                ? Optional.of(new CosineVerdict.DegenerateSaddle(at.value(), lowest))
                : Optional.empty();
    }

    private static boolean vanishes(CosineDerivatives at, double tolerance) {
        for (int j = 0; j < at.multipliers().length; j++) {
            if (Math.abs(at.multipliers()[j]) > Math.sqrt(tolerance) * at.masses()[j]) {
                return false;
            }
        }
        return true;
    }

    private static void turn(double[] units, double[] step, int vector, double by) {
        step[2 * vector] = -by * units[2 * vector + 1];
        step[2 * vector + 1] = by * units[2 * vector];
    }
}
