package io.github.collapse4j.plan;

import io.github.collapse4j.model.ClassCounts;
import java.util.Arrays;

/** Class weights that keep classes apart (docs/theory.md §12). */
public final class ClassWeights {
    private ClassWeights() {}

    /** Weights ∝ 1/√n, 1 for the most frequent class: all groups of several classes merge at the same μ. */
    public static double[] inverseRoots(ClassCounts counts) {
        double largest = Arrays.stream(counts.toArray()).max().orElseThrow();
        double[] weights = new double[counts.classes()];
        Arrays.setAll(weights, k -> Math.sqrt(largest / counts.count(k)));
        return weights;
    }

    /**
     * {@code (1 − ε)/Σ_k √n_k}: from this μ on, no class weights keep the classes apart if every class has another of its
     * count; below it, those of {@link #inverseRoots} do.
     *
     * @param smoothing ε of label smoothing
     */
    public static double largestMu(ClassCounts counts, double smoothing) {
        return (1 - smoothing)
                / Arrays.stream(counts.toArray()).mapToDouble(Math::sqrt).sum();
    }
}
