package io.github.collapse4j.prover;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.GroupedPoint;
import io.github.collapse4j.solve.ClassGroups;
import io.github.collapse4j.solve.TwinPoint;
import io.github.collapse4j.solve.TwinSolution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Balanced factors of a twin's solution, group by group. */
final class GroupedFactors {
    private GroupedFactors() {}

    /** A singular value of the core, or the separation of a group, with the dimensions that it takes. */
    private record Part(boolean isCore, int index, double value, int dimensions) {}

    /** The point made of the largest parts that fit into d dimensions. The model has the twin's groups. */
    static GroupedPoint of(ExactModel model, TwinSolution twin, int d) {
        ClassGroups groups = twin.groups();
        TwinPoint point = twin.point();
        int n = groups.groups();
        Svd svd = LinearAlgebra.svd(point.core());
        List<Part> parts = new ArrayList<>();
        for (int j = 0; j < n; j++) {
            parts.add(new Part(true, j, svd.values()[j], 1));
            if (groups.sizes()[j] > 1) {
                parts.add(new Part(false, j, point.separation()[j], groups.sizes()[j] - 1));
            }
        }
        parts.sort(Comparator.comparingDouble(Part::value).reversed());
        double[] separation = new double[n];
        List<Part> core = new ArrayList<>();
        int left = d;
        for (Part part : parts) {
            if (part.value() > 0 && part.dimensions() <= left) {
                left -= part.dimensions();
                if (part.isCore()) {
                    core.add(part);
                } else {
                    separation[part.index()] = part.value();
                }
            }
        }
        double ratio =
                Math.pow(model.lambdaH().approximately() / model.lambdaW().approximately(), 0.25);
        double[][] w = new double[n][core.size()];
        double[][] h = new double[core.size()][n];
        for (int a = 0; a < core.size(); a++) {
            Part part = core.get(a);
            double root = Math.sqrt(part.value());
            for (int g = 0; g < n; g++) {
                double scale = root / Math.sqrt(groups.sizes()[g]);
                w[g][a] = ratio * scale * svd.u().get(g, part.index());
                h[a][g] = scale * svd.v().get(g, part.index()) / ratio;
            }
        }
        return new GroupedPoint(
                w, h, separation, model.bias().isPresent() ? point.bias().clone() : new double[0]);
    }
}
