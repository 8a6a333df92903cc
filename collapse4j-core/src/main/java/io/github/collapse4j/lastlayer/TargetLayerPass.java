package io.github.collapse4j.lastlayer;

import io.github.collapse4j.certificate.DualBound;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.UnitRoundOff;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.stats.DoubledSums;
import java.util.Arrays;

/**
 * The result of the first pass over a layer with targets.
 *
 * @param loss g
 * @param accuracy share of the samples whose largest logit is that of the largest target
 * @param gradientTimesFeatures ∇g·Hᵀ, {@code K×d}
 * @param biasGradient ∇g·1
 * @param biasTerms the sums of the absolute values of the terms of {@code biasGradient}
 * @param featureNorm ‖H‖
 * @param sigmaMax an upper bound on σ_max(∇g) that holds despite round-off
 */
record TargetLayerPass(
        double loss,
        double accuracy,
        Matrix gradientTimesFeatures,
        double[] biasGradient,
        double[] biasTerms,
        double featureNorm,
        double sigmaMax) {
    static TargetLayerPass over(TargetLayer layer, TrainingLoss statement, int batchSize) {
        int classes = layer.classifier().rows();
        int d = layer.classifier().columns();
        DoubledSums scalars = new DoubledSums(4);
        DoubledSums rows = new DoubledSums(2 * classes);
        DoubledSums product = new DoubledSums(classes * d);
        DoubledSums gram = new DoubledSums(classes * classes);
        layer.forEach(statement, batchSize, batch -> {
            Matrix residual = batch.residual();
            Matrix features = batch.features();
            double[] sums = new double[2 * classes];
            double correct = 0;
            double squaredTerms = 0;
            for (int j = 0; j < residual.columns(); j++) {
                int from = j * classes;
                correct += Vectors.indexOfLargest(batch.logits().data(), from, from + classes)
                                == Vectors.indexOfLargest(batch.targets().data(), from, from + classes)
                        ? 1
                        : 0;
                double terms = batch.data().absoluteResidual(residual, j);
                squaredTerms += terms * terms;
                for (int k = 0; k < classes; k++) {
                    sums[k] += residual.data()[from + k];
                    sums[classes + k] += Math.abs(residual.data()[from + k]);
                }
            }
            scalars.add(batch.loss(), correct, features.dot(features), squaredTerms);
            rows.add(sums);
            product.add(LinearAlgebra.multiply(residual, LinearAlgebra.Op.NONE, features, LinearAlgebra.Op.TRANSPOSE)
                    .data());
            gram.add(LinearAlgebra.gramOfRows(residual).data());
        });
        double samples = layer.targets().samples();
        double[] sums = scalars.values();
        double[] ofRows = rows.values();
        Arrays.setAll(ofRows, i -> ofRows[i] / samples);
        return new TargetLayerPass(
                sums[0] / samples,
                sums[1] / samples,
                Matrix.wrap(classes, d, product.values()).scale(1 / samples),
                Arrays.copyOf(ofRows, classes),
                Arrays.copyOfRange(ofRows, classes, 2 * classes),
                Math.sqrt(sums[2]),
                sigmaMax(Matrix.wrap(classes, classes, gram.values()), Math.min(batchSize, samples), sums[3])
                        / samples);
    }

    /**
     * An upper bound on σ_max of the residuals from their Gram matrix, whose entries are off by at most the round-off of a
     * batch's sums times |E|·|E|ᵀ; that matrix has a norm of at most the trace.
     *
     * @param squaredTerms {@code Σ_j ‖e_j‖₁²}, at least the trace: the residuals' own errors, also where they are
     *     sums of both signs
     */
    private static double sigmaMax(Matrix gram, double batchSize, double squaredTerms) {
        int classes = gram.rows();
        double[] eigenvalues = LinearAlgebra.symmetricEigenvalues(gram);
        double largest = Math.max(0, eigenvalues[classes - 1]);
        double ofGram = UnitRoundOff.DOUBLE * (batchSize + 8.0 * classes + 16) * squaredTerms + Double.MIN_NORMAL;
        return (Math.sqrt(largest + ofGram) + 2 * DualBound.entryError(classes) * Math.sqrt(squaredTerms))
                * (1 + 16 * UnitRoundOff.DOUBLE);
    }
}
