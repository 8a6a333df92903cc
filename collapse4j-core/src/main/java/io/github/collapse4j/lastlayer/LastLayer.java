package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.PassRequest;
import io.github.collapse4j.measure.SamplePasses;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.stats.MomentsAccumulator;

/**
 * The last layer of a trained classifier and its input.
 *
 * @param samples penultimate features and classes of N samples; every class has at least one
 * @param classifier W, {@code K×d}
 * @param bias b, K entries; zeros without a bias
 * @param hasBias whether the layer has a bias
 */
public record LastLayer(SamplePasses samples, Matrix classifier, double[] bias, boolean hasBias) {
    public LastLayer {
        if (samples.featureDimension() != classifier.columns()) {
            throw new IllegalArgumentException("weights: expected K×d with d = " + samples.featureDimension()
                    + " as the features have, found " + classifier.rows() + "×" + classifier.columns());
        }
        if (samples.classes() != classifier.rows()) {
            throw new IllegalArgumentException("weights: expected a row for each of the " + samples.classes()
                    + " classes, found " + classifier.rows());
        }
        if (bias.length != classifier.rows()) {
            throw new IllegalArgumentException(
                    "bias: expected " + classifier.rows() + " entries, found " + bias.length);
        }
        requireFinite("weights", classifier);
        requireFinite("bias", Matrix.wrap(bias.length, 1, bias));
    }

    /** A layer with a bias. */
    public static LastLayer withBias(SamplePasses samples, Matrix classifier, double[] bias) {
        return new LastLayer(samples, classifier, bias, true);
    }

    /** A layer without bias. */
    public static LastLayer withoutBias(SamplePasses samples, Matrix classifier) {
        return new LastLayer(samples, classifier, new double[classifier.rows()], false);
    }

    /** K. */
    public int classes() {
        return classifier.rows();
    }

    /**
     * Counts the samples of each class in a pass over them.
     *
     * @throws EmptyClassException if a class has no sample
     */
    public ClassCounts counts() {
        PassRequest counting = new PassRequest.Moments(classes(), classifier.columns(), false, null);
        return LastLayerPass.counts(samples.run(counting, 1, 2)
                .find(MomentsAccumulator.class)
                .orElseThrow()
                .snapshot()
                .counts());
    }

    /**
     * The unit round-off of the weights, however they are stored: that of the coarsest of half, single and double
     * precision that represents all of them exactly, 2⁻¹¹, 2⁻²⁴ or 2⁻⁵³.
     */
    public double unitRoundOff() {
        return WeightRank.unitRoundOff(classifier.data());
    }

    LayerLoss loss(Loss loss) {
        return new LayerLoss(loss, classifier, bias);
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
