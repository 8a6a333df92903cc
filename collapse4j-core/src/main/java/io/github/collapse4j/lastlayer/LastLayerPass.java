package io.github.collapse4j.lastlayer;

import io.github.collapse4j.data.FeatureSource;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.Loss;
import java.util.Arrays;

/**
 * The result of one pass over the features.
 *
 * @param loss g
 * @param accuracy share of samples classified correctly
 * @param gradientTimesFeatures ∇g·Hᵀ, {@code K×d}
 * @param biasGradient ∇g·1
 * @param biasTerms the sums of the absolute values of the terms of {@code biasGradient}
 * @param sigmaMax σ_max(∇g), or a lower bound on it
 * @param sigmaIsExact whether {@code sigmaMax} is σ_max itself
 * @param featureNorm ‖H‖
 * @param backNorm ‖Wᵀ∇g‖
 * @param classSums sums of the features of each class, {@code d×K}
 */
record LastLayerPass(
        double loss,
        double accuracy,
        Matrix gradientTimesFeatures,
        double[] biasGradient,
        double[] biasTerms,
        double sigmaMax,
        boolean sigmaIsExact,
        double featureNorm,
        double backNorm,
        Matrix classSums) {
    private static final int ENTRIES_PER_BATCH = 1 << 19;

    /** With smaller batches, copying W to native memory costs more than the products. */
    private static final int MIN_BATCH = 256;

    /** Share of its terms' squares below which a squared sum has lost too many digits. */
    private static final double CANCELLED = 1e-2;

    /** Receives one batch: features {@code d×n} and their labels. */
    private interface BatchConsumer {
        void accept(Matrix features, int[] labels);
    }

    static LastLayerPass over(LastLayer layer, Loss loss) {
        LayerLanes lanes = LayerLanes.of(layer, loss, batchSize(layer));
        forEachBatch(layer, lanes::add);
        return lanes.finish();
    }

    /**
     * ‖Wᵀ∇g + λ_H H‖ for the layer of this pass. Near an optimum the two parts cancel many digits; only then does it
     * take another pass.
     *
     * @param inner ⟨∇g, WH⟩
     */
    double featureGradientNorm(LastLayer layer, Loss loss, double lambdaH, double inner) {
        double size = Math.max(backNorm, lambdaH * featureNorm);
        double ofLoss = backNorm / size;
        double ofFeatures = lambdaH * featureNorm / size;
        double terms = ofLoss * ofLoss + ofFeatures * ofFeatures;
        double square = terms + 2 * (lambdaH / size) * (inner / size);
        return square > CANCELLED * terms ? size * Math.sqrt(square) : featureGradientNorm(layer, loss, lambdaH);
    }

    private static double featureGradientNorm(LastLayer layer, Loss loss, double lambdaH) {
        double samples = layer.labels().length;
        double[] sum = new double[1];
        forEachBatch(layer, (features, labels) -> {
            Matrix logits = LayerAccumulator.logits(layer.classifier(), layer.bias(), features);
            Matrix residual = Matrix.zeros(logits.rows(), logits.columns());
            LayerAccumulator.evaluate(loss, labels, logits, residual);
            LinearAlgebra.multiply(1 / samples, layer.classifier(), Op.TRANSPOSE, residual, Op.NONE, lambdaH, features);
            sum[0] += features.dot(features);
        });
        return Math.sqrt(sum[0]);
    }

    /** √n_k times the class means, {@code d×K}: the features of the reduced model. */
    Matrix scaledClassMeans(ClassCounts counts) {
        Matrix means = classSums.copy();
        int d = means.rows();
        for (int k = 0; k < means.columns(); k++) {
            double factor = 1 / Math.sqrt((double) counts.count(k));
            for (int i = 0; i < d; i++) {
                means.data()[k * d + i] *= factor;
            }
        }
        return means;
    }

    private static int batchSize(LastLayer layer) {
        int entries = layer.features().featureDimension() + 2 * layer.classes();
        return Math.min(layer.labels().length, Math.max(MIN_BATCH, ENTRIES_PER_BATCH / entries));
    }

    private static void forEachBatch(LastLayer layer, BatchConsumer consumer) {
        FeatureSource source = layer.features();
        int d = source.featureDimension();
        int samples = layer.labels().length;
        int batch = batchSize(layer);
        for (int first = 0; first < samples; first += batch) {
            int count = Math.min(batch, samples - first);
            Matrix features = Matrix.zeros(d, count);
            source.read(first, count, features.data());
            requireFinite(features, first);
            consumer.accept(features, Arrays.copyOfRange(layer.labels(), first, first + count));
        }
    }

    private static void requireFinite(Matrix features, int first) {
        if (Vectors.isFinite(features.data(), features.data().length)) {
            return;
        }
        for (int j = 0; j < features.columns(); j++) {
            for (int i = 0; i < features.rows(); i++) {
                if (!Double.isFinite(features.get(i, j))) {
                    throw new IllegalArgumentException("features[row " + (first + j) + ", column " + i
                            + "]: expected a finite number, found " + features.get(i, j));
                }
            }
        }
    }
}
