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
}
