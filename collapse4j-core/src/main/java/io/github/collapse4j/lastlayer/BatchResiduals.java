package io.github.collapse4j.lastlayer;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.ColumnBlocks;
import io.github.collapse4j.linalg.HeadFactor;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.DataTerm;
import java.util.Arrays;

/**
 * A layer's features and residuals, for one batch at a time. Those of a sample of weight ω are multiplied by √ω, so
 * that their products are weighted. Not thread-safe.
 */
final class BatchResiduals {
    private final LayerLoss layer;
    private final HeadFactor.Workspace products;

    /** Buffers, reused while batches have the same size. */
    private Matrix logits = Matrix.zeros(0, 0);

    private Matrix residual = Matrix.zeros(0, 0);
    private Matrix features = Matrix.zeros(0, 0);
    private double[] weights = new double[0];
    private double loss;
    private double correct;

    /** @param factor that of the layer, shared by threads */
    BatchResiduals(LayerLoss layer, HeadFactor factor) {
        this.layer = layer;
        this.products = factor.workspace();
    }

    /** Loads the next batch, which must not be empty, and must not change while its residuals are in use. */
    void evaluate(SampleBatch batch) {
        int n = batch.count();
        int d = layer.featureDimension();
        int classes = layer.classes();
        if (logits.columns() != n) {
            logits = Matrix.zeros(classes, n);
            residual = Matrix.zeros(classes, n);
        }
        double[] entries = batch.features();
        features = Matrix.wrap(d, n, entries.length == n * d ? entries : Arrays.copyOf(entries, n * d));
        weights = Arrays.copyOf(batch.weights(), n);
        products.load(features);
        products.forward(logits);
        addBias(layer.bias(), logits);
        int[] labels = Arrays.copyOf(batch.labels(), n);
        correct = ColumnBlocks.sum(classes, n, (from, to) -> {
            double hits = 0;
            for (int j = from; j < to; j++) {
                int start = j * classes;
                hits += Vectors.indexOfLargest(logits.data(), start, start + classes) == labels[j] ? weights[j] : 0;
            }
            return hits;
        });
        loss = DataTerm.ofClasses(layer.loss(), classes, labels, weights).evaluate(logits, residual);
        if (Arrays.stream(weights).anyMatch(weight -> weight != 1)) {
            features = features.copy();
            scaleColumns(features);
            scaleColumns(residual);
            products.load(features);
        }
    }

    private void scaleColumns(Matrix matrix) {
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] *= Math.sqrt(weights[i / matrix.rows()]);
        }
    }

    /** {@code WH + b1ᵀ}. */
    static Matrix logits(Matrix classifier, double[] bias, Matrix features) {
        Matrix logits = Matrix.zeros(classifier.rows(), features.columns());
        LinearAlgebra.multiply(1, classifier, Op.NONE, features, Op.NONE, 0, logits);
        addBias(bias, logits);
        return logits;
    }

    /** {@code Z ← Z + b1ᵀ}. */
    static void addBias(double[] bias, Matrix logits) {
        int classes = bias.length;
        if (Arrays.stream(bias).allMatch(b -> b == 0)) {
            return;
        }
        ColumnBlocks.forEach(classes, logits.columns(), (from, to) -> {
            for (int j = from; j < to; j++) {
                for (int k = 0; k < classes; k++) {
                    logits.data()[j * classes + k] += bias[k];
                }
            }
        });
    }

    /** The features, {@code d×n}; must not be modified. */
    Matrix features() {
        return features;
    }

    /** Products with W, and of residuals with features. */
    HeadFactor.Workspace products() {
        return products;
    }

    /** {@code WH + b1ᵀ}; must not be modified. */
    Matrix logits() {
        return logits;
    }

    /** E, {@code K×n}: derivatives with respect to the logits; must not be modified. */
    Matrix residual() {
        return residual;
    }

    /** The weighted sum of the losses. */
    double loss() {
        return loss;
    }

    /** The weight of the correctly classified samples; ties go to the first class. */
    double correct() {
        return correct;
    }

    /** The weight of sample j. */
    double weight(int j) {
        return weights[j];
    }

    /** The weight of all samples. */
    double weight() {
        return Vectors.sum(weights);
    }

    /** The weighted sums of the residuals for each class, followed by those of their absolute values: 2K numbers. */
    double[] rowSums() {
        int classes = residual.rows();
        double[] sums = new double[2 * classes];
        for (int j = 0; j < residual.columns(); j++) {
            double root = Math.sqrt(weights[j]);
            for (int k = 0; k < classes; k++) {
                double entry = root * residual.data()[j * classes + k];
                sums[k] += entry;
                sums[classes + k] += Math.abs(entry);
            }
        }
        return sums;
    }
}
