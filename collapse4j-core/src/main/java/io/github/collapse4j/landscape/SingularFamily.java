package io.github.collapse4j.landscape;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/**
 * Critical points of squared error in closed form (docs/theory.md §7). With D = diag(√n_k), q = D1/√N and the bias
 * eliminated, ∇g = −(1/N)(D − R̂)M for M = I (no bias) or {@code M = I − q qᵀ/(1+λ_b)}. For singular triples (τ, u, v)
 * of DM and any subset S of those with τ &gt; μN, {@code R̂ = Σ_S (τ − μN)/(vᵀMv)·u vᵀ} is critical wherever the v are
 * eigenvectors of M: without bias, with a free bias, and for balanced classes. Otherwise it is an initial guess for
 * polishing.
 */
final class SingularFamily {
    private static final double DISTINCT = 1e-9;

    private final UfmProblem problem;
    private final Svd svd;
    private final double[] scale;
    private final double[] meanDirection;
    private final double excess;

    SingularFamily(UfmProblem problem) {
        this.problem = problem;
        int classes = problem.classes();
        double samples = problem.counts().samples();
        double bias = problem.bias() instanceof Bias.None
                ? 0
                : 1 / (1 + problem.bias().lambda());
        this.excess = bias;
        this.meanDirection = new double[classes];
        for (int k = 0; k < classes; k++) {
            meanDirection[k] = Math.sqrt(problem.counts().count(k) / samples);
        }
        Matrix target = Matrix.zeros(classes, classes);
        for (int k = 0; k < classes; k++) {
            double root = Math.sqrt((double) problem.counts().count(k));
            for (int l = 0; l < classes; l++) {
                target.set(k, l, root * ((k == l ? 1 : 0) - bias * meanDirection[k] * meanDirection[l]));
            }
        }
        svd = LinearAlgebra.svd(target);
        scale = new double[classes];
        for (int j = 0; j < classes; j++) {
            double along = 0;
            for (int k = 0; k < classes; k++) {
                along += meanDirection[k] * svd.v().get(k, j);
            }
            double metric = 1 - bias * along * along;
            double left = svd.values()[j] - problem.mu() * samples;
            scale[j] = left > 0 ? left / metric : 0;
        }
    }

    /**
     * Whether the family contains every critical point, up to rotations of feature space: squared error with no bias or
     * a free one. There R̂q = 0 or M = I, so −N∇g = DM − R̂, and its active pairs (§3) are singular pairs of DM itself.
     */
    static boolean isEverything(UfmProblem problem) {
        return problem.loss() instanceof SquaredError && !(problem.bias() instanceof Bias.Regularised);
    }

    /** At most {@code limit} subsets of {@code size} directions, each with different singular values. */
    List<List<Integer>> subsets(int size, int limit, long seed) {
        int active = 0;
        while (active < scale.length && scale[active] > 0) {
            active++;
        }
        if (size < 1 || size > active || limit == 0) {
            return List.of();
        }
        Map<List<Integer>, List<Integer>> kinds = new LinkedHashMap<>();
        int[] level = new int[active];
        for (int j = 1; j < active; j++) {
            boolean equal = svd.values()[j - 1] - svd.values()[j] <= DISTINCT * svd.values()[0];
            level[j] = level[j - 1] + (equal ? 0 : 1);
        }
        collect(new ArrayList<>(), 0, size, limit, level, kinds);
        if (kinds.size() == limit) {
            // Truncated in lexicographic order: after the leading subset, fill up with random ones instead.
            List<Integer> leading = kinds.values().iterator().next();
            kinds.clear();
            kinds.put(levels(leading, level), leading);
            Random random = new Random(seed);
            for (int attempt = 0; attempt < 40 * limit && kinds.size() < limit; attempt++) {
                TreeSet<Integer> subset = new TreeSet<>();
                while (subset.size() < size) {
                    subset.add(random.nextInt(active));
                }
                List<Integer> chosen = List.copyOf(subset);
                kinds.putIfAbsent(levels(chosen, level), chosen);
            }
        }
        return List.copyOf(kinds.values());
    }

    private static void collect(
            List<Integer> chosen, int from, int size, int limit, int[] level, Map<List<Integer>, List<Integer>> kinds) {
        if (chosen.size() == size) {
            kinds.putIfAbsent(levels(chosen, level), List.copyOf(chosen));
            return;
        }
        for (int j = from; j <= level.length - (size - chosen.size()) && kinds.size() < limit; j++) {
            boolean sameAsSkipped = j > from && level[j] == level[j - 1];
            if (!sameAsSkipped) {
                chosen.add(j);
                collect(chosen, j + 1, size, limit, level, kinds);
                chosen.remove(chosen.size() - 1);
            }
        }
    }

    private static List<Integer> levels(List<Integer> chosen, int[] level) {
        return chosen.stream().map(j -> level[j]).sorted().toList();
    }

    /** The point of feature dimension {@code directions.size()} with these directions. */
    UfmPoint point(List<Integer> directions) {
        int classes = problem.classes();
        int d = directions.size();
        double ratio = Math.pow(problem.lambdaH() / problem.lambdaW(), 0.25);
        Matrix w = Matrix.zeros(classes, d);
        Matrix h = Matrix.zeros(d, classes);
        for (int a = 0; a < d; a++) {
            int j = directions.get(a);
            double root = Math.sqrt(scale[j]);
            for (int k = 0; k < classes; k++) {
                w.set(k, a, ratio * root * svd.u().get(k, j));
                h.set(a, k, root / ratio * svd.v().get(k, j));
            }
        }
        return new UfmPoint(w, h, bias(LinearAlgebra.multiply(w, h)));
    }

    /** {@code b = (D − R̂)q/(√N(1 + λ_b))}, the best bias for a product. */
    private double[] bias(Matrix product) {
        double[] bias = new double[problem.classes()];
        double samples = problem.counts().samples();
        for (int k = 0; k < bias.length; k++) {
            double rest = Math.sqrt((double) problem.counts().count(k)) * meanDirection[k];
            for (int l = 0; l < bias.length; l++) {
                rest -= product.get(k, l) * meanDirection[l];
            }
            bias[k] = excess * rest / Math.sqrt(samples);
        }
        return bias;
    }
}
