package io.github.collapse4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.ParameterStore;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset;
import ai.djl.translate.TranslateException;
import io.github.collapse4j.data.FeatureSamples;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.measure.SamplePasses;
import io.github.collapse4j.stats.LinearClassifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The last layer of a network as it is at one moment: features of some data in evaluation mode, and the head. All of it is
 * copied into Java's memory, nothing of the engine stays behind.
 *
 * @param features H, {@code d×N}
 * @param labels of the N samples
 * @param classifier W, {@code K×d}
 * @param bias b, K entries, zeros where there is none
 * @param hasBias whether the head has a bias
 */
public record ProbedLayer(Matrix features, int[] labels, Matrix classifier, double[] bias, boolean hasBias) {

    /**
     * Runs data through the body of a network. The parameters are used where they are, so nothing may be training them.
     *
     * @param data whole batches with one array of labels, integers
     * @param manager the arrays of the pass live in sub-managers of it, which are closed again
     */
    public static ProbedLayer of(FeatureTap network, Dataset data, NDManager manager)
            throws IOException, TranslateException {
        LinearHead head = LinearHead.of(network.head());
        Matrix classifier = head.classifier();
        List<float[]> features = new ArrayList<>();
        List<long[]> labels = new ArrayList<>();
        try (NDManager pass = manager.newSubManager()) {
            ParameterStore parameters = new ParameterStore(pass, false);
            for (Batch batch : data.getData(pass)) {
                try (batch;
                        NDArray rows = network.features(parameters, batch.getData());
                        NDArray classes = batch.getLabels().singletonOrThrow().toType(DataType.INT64, true)) {
                    features.add(rows.toFloatArray());
                    labels.add(classes.flatten().toLongArray());
                }
            }
        }
        return new ProbedLayer(
                columns(features, classifier.columns()),
                joined(labels),
                classifier,
                head.biasEntries(),
                head.bias() != null);
    }

    /** The features of one batch are rows, one after the other, which are the columns of H. */
    private static Matrix columns(List<float[]> batches, int featureDimension) {
        int entries = 0;
        for (float[] batch : batches) {
            entries = Math.addExact(entries, batch.length);
        }
        double[] all = new double[entries];
        int next = 0;
        for (float[] batch : batches) {
            for (float entry : batch) {
                all[next++] = entry;
            }
        }
        return Matrix.wrap(featureDimension, entries / featureDimension, all);
    }

    private static int[] joined(List<long[]> batches) {
        return batches.stream()
                .flatMapToLong(java.util.Arrays::stream)
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    /** For {@code core}, which certifies it. */
    public LastLayer lastLayer() {
        SamplePasses passes = SamplePasses.of(samples());
        return hasBias ? LastLayer.withBias(passes, classifier, bias) : LastLayer.withoutBias(passes, classifier);
    }

    /** For {@code core}, which measures them. */
    public FeatureSamples samples() {
        return new FeatureSamples(features, labels, classifier.rows());
    }

    /** W and b for {@code core}. */
    public LinearClassifier linearClassifier() {
        return new LinearClassifier(classifier, bias);
    }

    /** The share of samples whose largest logit is their class's. */
    public double accuracy() {
        Matrix logits = LinearAlgebra.multiply(classifier, features);
        int classes = classifier.rows();
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            for (int k = 0; k < classes; k++) {
                logits.data()[i * classes + k] += bias[k];
            }
            right += Vectors.indexOfLargest(logits.data(), i * classes, (i + 1) * classes) == labels[i] ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    /** Parameters and features of a network are only numbers once they are finite. */
    public boolean isFinite() {
        return isFinite(features.data()) && isFinite(classifier.data()) && isFinite(bias);
    }

    private static boolean isFinite(double[] values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
