package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.Matrix;
import java.util.OptionalDouble;

/**
 * Weighted sums over samples with residuals E ({@code K×N}) and features H.
 *
 * @param weight total weight of the samples
 * @param loss total loss of the samples
 * @param correct weight of the correctly classified samples
 * @param featureSquares ‖H‖²
 * @param backSquares ‖WᵀE‖²
 * @param negatives number of negative entries of H
 * @param seenSquares Σ‖Ph‖² for the projection P on what the head sees, if that was asked for
 * @param rows E·1, followed by the same sums of absolute values: 2K numbers
 * @param product E·Hᵀ, {@code K×d}
 * @param norm σ_max(E), or a lower bound on it
 * @param normIsExact whether {@code norm} is σ_max itself
 */
record LayerSums(
        double weight,
        double loss,
        double correct,
        double featureSquares,
        double backSquares,
        double negatives,
        OptionalDouble seenSquares,
        double[] rows,
        Matrix product,
        double norm,
        boolean normIsExact) {}
