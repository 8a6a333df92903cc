package io.github.collapse4j.prover;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * Points that consist of simplices, one for each of K − d groups of neighbouring classes. With two groups, at d = K −
 * 2, they lead to spurious minima that random starts may miss (docs/theory.md §11).
 */
final class GroupSimplices {
    private static final int MAX_PARTITIONS = 12;

    /** The separation of logits within a group. */
    private static final double SEPARATION = 2;

    private GroupSimplices() {}

    /** One start for each of the most even partitions; none if the dimension leaves fewer than two groups. */
    static List<UfmPoint> starts(UfmModel model) {
        UfmProblem problem = model.problem();
        int groups = problem.classes() - problem.featureDimension();
        List<int[]> partitions = new ArrayList<>();
        if (groups >= 2 && problem.loss().isOfClasses()) {
            partition(problem.classes(), new int[groups], 0, partitions);
        }
        return partitions.stream().map(sizes -> start(model, sizes)).toList();
    }

    /** Collects partitions into nondecreasing sizes, the most even ones first. */
    private static void partition(int left, int[] sizes, int next, List<int[]> found) {
        if (found.size() >= MAX_PARTITIONS) {
            return;
        }
        int remaining = sizes.length - next;
        if (remaining == 1) {
            sizes[next] = left;
            found.add(sizes.clone());
            return;
        }
        int least = next == 0 ? 1 : sizes[next - 1];
        for (int size = left / remaining; size >= least; size--) {
            sizes[next] = size;
            partition(left - size, sizes, next + 1, found);
        }
    }

    /** A start whose W has the Helmert contrasts of each group as columns, with Ĥ proportional to Wᵀ. */
    private static UfmPoint start(UfmModel model, int[] sizes) {
        UfmProblem problem = model.problem();
        int classes = problem.classes();
        int d = problem.featureDimension();
        Matrix w = Matrix.zeros(classes, d);
        Matrix h = Matrix.zeros(d, classes);
        double ratio = Math.sqrt(problem.lambdaW() / problem.lambdaH());
        double count = (double) problem.counts().samples() / classes;
        double root = Math.sqrt(SEPARATION * Math.sqrt(count) / ratio);
        int column = 0;
        int first = 0;
        for (int size : sizes) {
            for (int i = 1; i < size; i++) {
                double length = Math.sqrt((double) i * (i + 1));
                for (int l = 0; l <= i; l++) {
                    double entry = root * (l < i ? -1 : i) / length;
                    w.set(first + l, column, entry);
                    h.set(column, first + l, ratio * entry);
                }
                column++;
            }
            first += size;
        }
        return new UfmPoint(w, h, new double[classes]);
    }
}
