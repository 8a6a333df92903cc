package io.github.collapse4j.solve;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The factors of a twin's solution: {@code W = (λ_H/λ_W)^¼ U√Σ} and {@code Ĥ = (λ_W/λ_H)^¼ √ΣVᵀ} (docs/theory.md §5),
 * one feature axis per singular value in descending order, followed by zero axes. Directions within a group of
 * exchangeable classes are Helmert contrasts: the j-th compares class j with the mean of the classes before it.
 */
final class Factors {
    private Factors() {}

    /** A singular value of R̂ with its origin: a singular vector of the core, or a contrast within a group. */
    private record Axis(double value, int group, int index) {}

    static UfmPoint of(TwinSolution solution) {
        UfmProblem problem = solution.problem();
        ClassGroups groups = solution.groups();
        int classes = problem.classes();
        int d = problem.featureDimension();
        Matrix w = Matrix.zeros(classes, d);
        Matrix h = Matrix.zeros(d, classes);
        int[][] members = groups.members();
        Svd core = solution.core();
        double ratio = Math.pow(problem.lambdaH() / problem.lambdaW(), 0.25);

        List<Axis> axes = axes(solution, core);
        for (int a = 0; a < Math.min(d, axes.size()); a++) {
            Axis axis = axes.get(a);
            double root = Math.sqrt(axis.value());
            if (axis.group() < 0) {
                for (int k = 0; k < classes; k++) {
                    int g = groups.groupOf()[k];
                    double share = root / Math.sqrt(groups.sizes()[g]);
                    w.set(k, a, ratio * share * core.u().get(g, axis.index()));
                    h.set(a, k, share * core.v().get(g, axis.index()) / ratio);
                }
            } else {
                int j = axis.index();
                double length = Math.sqrt((double) j * (j + 1));
                for (int i = 0; i <= j; i++) {
                    double entry = root * (i < j ? -1 : j) / length;
                    w.set(members[axis.group()][i], a, ratio * entry);
                    h.set(a, members[axis.group()][i], entry / ratio);
                }
            }
        }
        double[] bias = new double[classes];
        for (int k = 0; k < classes; k++) {
            bias[k] = solution.point().bias()[groups.groupOf()[k]];
        }
        return new UfmPoint(w, h, bias);
    }

    private static List<Axis> axes(TwinSolution solution, Svd core) {
        List<Axis> axes = new ArrayList<>();
        for (int j = 0; j < core.values().length; j++) {
            axes.add(new Axis(core.values()[j], -1, j));
        }
        for (int g = 0; g < solution.groups().groups(); g++) {
            for (int j = 1; j < solution.groups().sizes()[g]; j++) {
                axes.add(new Axis(solution.point().separation()[g], g, j));
            }
        }
        axes.sort(Comparator.comparingDouble(Axis::value).reversed());
        return axes;
    }
}
