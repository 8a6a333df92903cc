package io.github.collapse4j.lastlayer;

import io.github.collapse4j.data.FeatureSource;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.model.Loss;
import java.util.Arrays;

/**
 * What one pass over the features yields.
 *
 * @param loss g
 * @param accuracy share of samples classified correctly
 * @param gradientTimesFeatures ∇g·Hᵀ, {@code K×d}
 * @param biasGradient ∇g·1
 * @param biasTerms the sums of the absolute values that {@code biasGradient} is summed from
 * @param sigmaMax σ_max(∇g), from the K×K Gram matrix
 * @param featureNorm ‖H‖
 * @param classSums sums of the features of each class, {@code d×K}
 */
record LastLayerPass(
        double loss,
        double accuracy,
        Matrix gradientTimesFeatures,
        double[] biasGradient,
        double[] biasTerms,
        double sigmaMax,
        double featureNorm,
        Matrix classSums) {
    private static final int ENTRIES_PER_BATCH = 1 << 19;

    /** Sees one batch: features {@code d×n}, residuals {@code K×n}. */
    private interface BatchConsumer {
        void accept(Matrix features, int[] labels, Matrix logits, Matrix residual, double loss);
    }

    static LastLayerPass over(LastLayer layer, Loss loss) {
        int classes = layer.classes();
        int d = layer.classifier().columns();
        double samples = layer.labels().length;
        Matrix product = Matrix.zeros(classes, d);
        Matrix gram = Matrix.zeros(classes, classes);
        Matrix classSums = Matrix.zeros(d, classes);
        double[] biasGradient = new double[classes];
        double[] biasTerms = new double[classes];
        double[] sums = new double[3];
        forEachBatch(layer, loss, (features, labels, logits, residual, batchLoss) -> {
            LinearAlgebra.multiply(1 / samples, residual, Op.NONE, features, Op.TRANSPOSE, 1, product);
            LinearAlgebra.multiply(1 / samples, residual, Op.NONE, residual, Op.TRANSPOSE, 1, gram);
            sums[0] += batchLoss;
            sums[1] += features.dot(features);
            for (int j = 0; j < labels.length; j++) {
                sums[2] += isLargest(logits, j, labels[j]) ? 1 : 0;
                for (int k = 0; k < classes; k++) {
                    biasGradient[k] += residual.data()[j * classes + k];
                    biasTerms[k] += Math.abs(residual.data()[j * classes + k]);
                }
                for (int i = 0; i < d; i++) {
                    classSums.data()[labels[j] * d + i] += features.data()[j * d + i];
                }
            }
        });
        for (int k = 0; k < classes; k++) {
            biasGradient[k] /= samples;
            biasTerms[k] /= samples;
        }
        double[] eigenvalues = LinearAlgebra.symmetricEigenvalues(gram);
        return new LastLayerPass(
                sums[0] / samples,
                sums[2] / samples,
                product,
                biasGradient,
                biasTerms,
                Math.sqrt(Math.max(0, eigenvalues[classes - 1]) / samples),
                Math.sqrt(sums[1]),
                classSums);
    }

    /** ‖Wᵀ∇g + λ_H H‖: a pass of its own, because near an optimum the two parts cancel to many digits. */
    static double featureGradientNorm(LastLayer layer, Loss loss, double lambdaH) {
        double samples = layer.labels().length;
        double[] sum = new double[1];
        forEachBatch(layer, loss, (features, labels, logits, residual, batchLoss) -> {
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

    private static boolean isLargest(Matrix logits, int column, int label) {
        double own = logits.get(label, column);
        for (int k = 0; k < logits.rows(); k++) {
            // Of equal logits the first wins, as with every arg max.
            if (logits.get(k, column) > own || (k < label && logits.get(k, column) == own)) {
                return false;
            }
        }
        return true;
    }

    private static void forEachBatch(LastLayer layer, Loss loss, BatchConsumer consumer) {
        FeatureSource source = layer.features();
        int d = source.featureDimension();
        int classes = layer.classes();
        int samples = layer.labels().length;
        int batch = Math.max(64, Math.min(samples, ENTRIES_PER_BATCH / (d + 2 * classes)));
        for (int first = 0; first < samples; first += batch) {
            int count = Math.min(batch, samples - first);
            int[] labels = Arrays.copyOfRange(layer.labels(), first, first + count);
            double[] weights = new double[count];
            Arrays.fill(weights, 1);
            DataTerm data = DataTerm.ofClasses(loss, classes, labels, weights);
            Matrix features = Matrix.zeros(d, count);
            source.read(first, count, features.data());
            requireFinite(features, first);
            Matrix logits = Matrix.zeros(classes, count);
            LinearAlgebra.multiply(1, layer.classifier(), Op.NONE, features, Op.NONE, 0, logits);
            for (int j = 0; j < count; j++) {
                for (int k = 0; k < classes; k++) {
                    logits.data()[j * classes + k] += layer.bias()[k];
                }
            }
            Matrix residual = Matrix.zeros(classes, count);
            double value = data.evaluate(logits, residual);
            consumer.accept(features, labels, logits, residual, value);
        }
    }

    private static void requireFinite(Matrix features, int first) {
        double check = Vectors.dot(features.data(), features.data());
        if (Double.isFinite(check)) {
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
