package io.github.collapse4j.lastlayer;

import io.github.collapse4j.data.FeatureSource;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;

/**
 * The last layer of a trained classifier and its input.
 *
 * @param features penultimate features of N samples
 * @param labels class of each sample, {@code 0…K−1}; every class has at least one sample
 * @param classifier W, {@code K×d}
 * @param bias b, K entries; zeros without a bias
 * @param hasBias whether the layer has a bias
 */
public record LastLayer(FeatureSource features, int[] labels, Matrix classifier, double[] bias, boolean hasBias) {
    public LastLayer {
        if (features.featureDimension() != classifier.columns()) {
            throw new IllegalArgumentException("weights: expected K×d with d = " + features.featureDimension()
                    + " as the features have, found " + classifier.rows() + "×" + classifier.columns());
        }
        if (labels.length != features.samples()) {
            throw new IllegalArgumentException(
                    "labels: expected one for each of the " + features.samples() + " samples, found " + labels.length);
        }
        if (bias.length != classifier.rows()) {
            throw new IllegalArgumentException(
                    "bias: expected " + classifier.rows() + " entries, found " + bias.length);
        }
        requireFinite("weights", classifier);
        requireFinite("bias", Matrix.wrap(bias.length, 1, bias));
    }

    /** A layer with a bias. */
    public static LastLayer withBias(FeatureSource features, int[] labels, Matrix classifier, double[] bias) {
        return new LastLayer(features, labels, classifier, bias, true);
    }

    /** A layer without bias. */
    public static LastLayer withoutBias(FeatureSource features, int[] labels, Matrix classifier) {
        return new LastLayer(features, labels, classifier, new double[classifier.rows()], false);
    }

    /** K. */
    public int classes() {
        return classifier.rows();
    }

    /**
     * The unit round-off of the weights, however they are stored: that of the coarsest of half, single and double
     * precision that represents all of them exactly, 2⁻¹¹, 2⁻²⁴ or 2⁻⁵³.
     */
    public double unitRoundOff() {
        return WeightRank.unitRoundOff(classifier.data());
    }

    /** Samples per class. */
    public ClassCounts counts() {
        return ClassCounts.ofLabels(labels, classes());
    }

    private static void requireFinite(String name, Matrix matrix) {
        for (int j = 0; j < matrix.columns(); j++) {
            for (int i = 0; i < matrix.rows(); i++) {
                if (!Double.isFinite(matrix.get(i, j))) {
                    throw new IllegalArgumentException(name + "[row " + i + ", column " + j
                            + "]: expected a finite number, found " + matrix.get(i, j));
                }
            }
        }
    }
}
