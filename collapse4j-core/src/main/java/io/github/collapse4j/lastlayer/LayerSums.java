package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.Matrix;

/**
 * Weighted sums over samples with residuals E ({@code K×N}) and features H.
 *
 * @param weight of all samples
 * @param loss of all samples
 * @param correct weight of the samples classified correctly
 * @param featureSquares ‖H‖²
 * @param backSquares ‖WᵀE‖²
 * @param rows E·1, then the same of absolute values: 2K numbers
 * @param product E·Hᵀ, {@code K×d}
 * @param norm σ_max(E), or a number that it is not below
 * @param normIsExact whether {@code norm} is σ_max itself
 */
record LayerSums(
        double weight,
        double loss,
        double correct,
        double featureSquares,
        double backSquares,
        double[] rows,
        Matrix product,
        double norm,
        boolean normIsExact) {}
