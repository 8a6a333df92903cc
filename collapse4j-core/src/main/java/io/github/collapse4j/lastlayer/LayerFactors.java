package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.HeadFactor;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;

/**
 * What the accumulators of a layer share.
 *
 * @param layer the layer and its loss
 * @param fingerprint distinguishes layers, and what is summed of them
 * @param head products with W
 * @param norm σ_max of all residuals
 * @param left W beside the vectors of the norm's sketch, so that one product reads the residuals once for both
 * @param toSeen maps logits less bias to what the head sees, {@code r×K}
 * @param seenShift what it makes of the bias
 */
record LayerFactors(
        LayerLoss layer,
        long fingerprint,
        HeadFactor head,
        GradientNorm norm,
        Matrix left,
        HeadFactor toSeen,
        double[] seenShift) {
    static LayerFactors of(LayerLoss layer, Matrix toSeen) {
        GradientNorm norm = new GradientNorm(layer.classes());
        Matrix bias = Matrix.wrap(layer.classes(), 1, layer.bias());
        return new LayerFactors(
                layer,
                toSeen.rows() == 0 ? layer.fingerprint() : layer.fingerprint(toSeen.data()),
                layer.factor(),
                norm,
                beside(layer.classifier(), norm.vectors()),
                new HeadFactor(toSeen, layer.maxThreads() > 1),
                LinearAlgebra.multiply(toSeen, bias).data());
    }

    int seenSums() {
        return seenShift.length > 0 ? 1 : 0;
    }

    private static Matrix beside(Matrix left, Matrix right) {
        Matrix both = Matrix.zeros(left.rows(), left.columns() + right.columns());
        System.arraycopy(left.data(), 0, both.data(), 0, left.data().length);
        System.arraycopy(right.data(), 0, both.data(), left.data().length, right.data().length);
        return both;
    }

    /** ‖WᵀE‖² = ⟨W, EEᵀW⟩; the mean of the rows of W, often most of it, cancels if the columns of E add up to 0. */
    double backSquares(Matrix gram) {
        Matrix w = layer.loss().isShiftInvariant() ? LogitProjection.centred(layer.classifier()) : layer.classifier();
        return Math.max(0, LinearAlgebra.multiply(gram, w).dot(w));
    }

    int gramOrder() {
        return norm.isExact() ? layer.classes() : 0;
    }
}
