package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.Matrix;

/**
 * Scatter of samples about their class means, summed (not divided by N).
 *
 * @param pooled Σ w (h − μ_y)(h − μ_y)ᵀ over all samples, {@code d×d}
 * @param squares Σ w ‖h − μ_k‖² over the samples of each class
 */
public record WithinScatter(Matrix pooled, double[] squares) {}
