package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.ColumnBlocks;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.model.Loss;
import java.util.Arrays;

/**
 * Sums over the samples of a last layer, batch by batch, on all cores. Memory is a few {@code K×d} matrices and a batch
 * of logits; accumulators of the same layer can be merged.
 */
final class LayerAccumulator {
    private final Loss loss;
    private final Matrix classifier;
    private final double[] bias;

    /** W next to the vectors of the norm's sketch, so that every product reads the residuals once for both. */
    private final Matrix left;

    /** E·Hᵀ next to the images of the sketch. */
    private final Matrix product;

    private final Matrix classSums;
    private final double[] residualSums;
    private final double[] residualSizes;
    private final GradientNorm gradientNorm;
    private long samples;
    private long correct;
    private double lossSum;
    private double featureSquares;
    private double backSquares;

    /** Buffers of a batch, reused while the batch size stays the same. */
    private Matrix logits = Matrix.zeros(0, 0);

    private Matrix residual = Matrix.zeros(0, 0);

    /** An empty accumulator for a layer W ({@code K×d}), b (K entries, zeros without a bias). */
    LayerAccumulator(Loss loss, Matrix classifier, double[] bias) {
        this.loss = loss;
        this.classifier = classifier;
        this.bias = bias;
        int classes = classifier.rows();
        this.gradientNorm = new GradientNorm(classes);
        this.left = beside(classifier, gradientNorm.vectors());
        this.product = Matrix.zeros(classes, left.columns());
        this.classSums = Matrix.zeros(classifier.columns(), classes);
        this.residualSums = new double[classes];
        this.residualSizes = new double[classes];
    }

    /** Adds samples: finite features {@code d×n} and their n labels. */
    void add(Matrix features, int[] labels) {
        int classes = classifier.rows();
        if (logits.columns() != labels.length) {
            logits = Matrix.zeros(classes, labels.length);
            residual = Matrix.zeros(classes, labels.length);
        }
        fillLogits(classifier, bias, features, logits);
        correct += Math.round(ColumnBlocks.sum(classes, labels.length, (from, to) -> {
            int hits = 0;
            for (int j = from; j < to; j++) {
                hits += isLargest(logits.data(), j * classes, classes, labels[j]) ? 1 : 0;
            }
            return hits;
        }));
        lossSum += evaluate(loss, labels, logits, residual);
        Matrix images = LinearAlgebra.multiply(left, Op.TRANSPOSE, residual, Op.NONE);
        backSquares += replaceBack(images, features);
        LinearAlgebra.multiply(1, residual, Op.NONE, images, Op.TRANSPOSE, 1, product);
        featureSquares += features.dot(features);
        gradientNorm.add(residual);
        addRowSums();
        addClassSums(features, labels);
        samples += labels.length;
    }

    /** Adds the samples of another accumulator for the same layer. */
    void merge(LayerAccumulator other) {
        product.add(1, other.product);
        classSums.add(1, other.classSums);
        for (int k = 0; k < bias.length; k++) {
            residualSums[k] += other.residualSums[k];
            residualSizes[k] += other.residualSizes[k];
        }
        gradientNorm.merge(other.gradientNorm);
        samples += other.samples;
        correct += other.correct;
        lossSum += other.lossSum;
        featureSquares += other.featureSquares;
        backSquares += other.backSquares;
    }

    /** The results; the accumulator must not be used afterwards. */
    LastLayerPass finish() {
        double share = 1.0 / samples;
        for (int k = 0; k < bias.length; k++) {
            residualSums[k] *= share;
            residualSizes[k] *= share;
        }
        int d = classifier.columns();
        return new LastLayerPass(
                lossSum / samples,
                (double) correct / samples,
                columns(product, 0, d).scale(share),
                residualSums,
                residualSizes,
                gradientNorm.value(columns(product, d, product.columns())) / samples,
                gradientNorm.isExact(),
                Math.sqrt(featureSquares),
                Math.sqrt(backSquares) / samples,
                classSums);
    }

    /** {@code WH + b1ᵀ}. */
    static Matrix logits(Matrix classifier, double[] bias, Matrix features) {
        Matrix logits = Matrix.zeros(classifier.rows(), features.columns());
        fillLogits(classifier, bias, features, logits);
        return logits;
    }

    private static void fillLogits(Matrix classifier, double[] bias, Matrix features, Matrix logits) {
        int classes = classifier.rows();
        LinearAlgebra.multiply(1, classifier, Op.NONE, features, Op.NONE, 0, logits);
        if (Arrays.stream(bias).allMatch(b -> b == 0)) {
            return;
        }
        ColumnBlocks.forEach(classes, features.columns(), (from, to) -> {
            for (int j = from; j < to; j++) {
                for (int k = 0; k < classes; k++) {
                    logits.data()[j * classes + k] += bias[k];
                }
            }
        });
    }

    /** The sum of the losses; writes the residuals. */
    static double evaluate(Loss loss, int[] labels, Matrix logits, Matrix residual) {
        double[] ones = new double[labels.length];
        Arrays.fill(ones, 1);
        return DataTerm.ofClasses(loss, logits.rows(), labels, ones).evaluate(logits, residual);
    }

    private static Matrix beside(Matrix left, Matrix right) {
        Matrix both = Matrix.zeros(left.rows(), left.columns() + right.columns());
        System.arraycopy(left.data(), 0, both.data(), 0, left.data().length);
        System.arraycopy(right.data(), 0, both.data(), left.data().length, right.data().length);
        return both;
    }

    private static Matrix columns(Matrix matrix, int from, int to) {
        int rows = matrix.rows();
        return Matrix.wrap(rows, to - from, Arrays.copyOfRange(matrix.data(), from * rows, to * rows));
    }

    /** Replaces WᵀE, the first rows of the images, by the features and returns ‖WᵀE‖². */
    private static double replaceBack(Matrix images, Matrix features) {
        int d = features.rows();
        double squares = 0;
        for (int j = 0; j < features.columns(); j++) {
            int first = j * images.rows();
            squares += Vectors.squares(images.data(), first, first + d);
            System.arraycopy(features.data(), j * d, images.data(), first, d);
        }
        return squares;
    }

    private void addRowSums() {
        int classes = residual.rows();
        ColumnBlocks.forEach(residual.columns(), classes, (from, to) -> {
            for (int j = 0; j < residual.columns(); j++) {
                for (int k = from; k < to; k++) {
                    double entry = residual.data()[j * classes + k];
                    residualSums[k] += entry;
                    residualSizes[k] += Math.abs(entry);
                }
            }
        });
    }

    private void addClassSums(Matrix features, int[] labels) {
        int d = features.rows();
        for (int j = 0; j < labels.length; j++) {
            int target = labels[j] * d;
            for (int i = 0; i < d; i++) {
                classSums.data()[target + i] += features.data()[j * d + i];
            }
        }
    }

    private static boolean isLargest(double[] logits, int offset, int classes, int label) {
        double own = logits[offset + label];
        for (int k = 0; k < classes; k++) {
            // On ties the first class wins, as in every arg max.
            if (logits[offset + k] > own || (k < label && logits[offset + k] == own)) {
                return false;
            }
        }
        return true;
    }
}
