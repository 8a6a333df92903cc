package io.github.collapse4j.lastlayer;

import io.github.collapse4j.certificate.LowerBound;

/**
 * What layers with non-negative features can attain, with the counts, the loss and the penalties of a layer.
 *
 * @param objective the value of a point with non-negative features; their minimum if the bound is tight
 * @param lowerBound certified: no layer with non-negative features is lower, at any d
 * @param neededWidth the feature dimensions with which {@code objective} is attained
 * @param gaugeOverMu γ₊/μ at the layer's class means; at most 1 only at a global minimum
 * @param deadClasses the classes whose features in the layer are zero, ascending
 * @param survivingClasses the others
 */
public record NonnegativeOptimum(
        double objective,
        LowerBound lowerBound,
        int neededWidth,
        double gaugeOverMu,
        int[] deadClasses,
        int[] survivingClasses) {}
