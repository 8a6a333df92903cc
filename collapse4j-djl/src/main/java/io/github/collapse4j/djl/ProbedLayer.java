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
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot of a network's last layer: features of some data in evaluation mode, and the head. Everything is copied to
 * the Java heap; no engine memory is retained.
 *
 * @param features H, {@code d×N}
 * @param labels labels of the N samples
 * @param classifier W, {@code K×d}; of a cosine head, with rows of length τ
 * @param bias b, K entries, zeros if there is none
 * @param hasBias whether the head has a bias
 * @param targets a target for each sample, {@code K×N}, if the data have them
 */
public record ProbedLayer(
        Matrix features, int[] labels, Matrix classifier, double[] bias, boolean hasBias, Optional<Matrix> targets) {
    /** A layer of samples with labels alone. */
    public ProbedLayer(Matrix features, int[] labels, Matrix classifier, double[] bias, boolean hasBias) {
        this(features, labels, classifier, bias, hasBias, Optional.empty());
    }

    /**
     * Runs data through the body of a network. The parameters are used in place, so they must not be trained meanwhile.
     *
     * @param data complete batches, each with an array of B integer labels and possibly one of targets, {@code B×K}
     * @param manager parent of the sub-managers that hold the arrays of the pass, and are closed afterwards
     */
    public static ProbedLayer of(FeatureTap network, Dataset data, NDManager manager)
            throws IOException, TranslateException {
        LinearHead head = LinearHead.of(network.head());
        Matrix classifier =
                network.head() instanceof CosineHead cosine ? cosine.scaled(head.classifier()) : head.classifier();
        List<float[]> features = new ArrayList<>();
        List<long[]> labels = new ArrayList<>();
        List<double[]> targets = new ArrayList<>();
        try (NDManager pass = manager.newSubManager()) {
            ParameterStore parameters = new ParameterStore(pass, false);
            for (Batch batch : data.getData(pass)) {
                try (batch;
                        NDArray rows = network.features(parameters, batch.getData());
                        NDArray classes = batch.getLabels().get(0).toType(DataType.INT64, true)) {
                    features.add(rows.toFloatArray());
                    labels.add(classes.flatten().toLongArray());
                    if (batch.getLabels().size() > 1) {
                        try (NDArray wanted = batch.getLabels().get(1).toType(DataType.FLOAT64, true)) {
                            targets.add(wanted.toDoubleArray());
                        }
                    }
                }
            }
        }
        return new ProbedLayer(
                columns(features, classifier.columns()),
                joined(labels),
                classifier,
                head.biasEntries(),
                head.bias() != null,
                targets.isEmpty() ? Optional.empty() : Optional.of(targets(targets, classifier.rows())));
    }

    private static Matrix targets(List<double[]> batches, int outputs) {
        double[] all = batches.stream().flatMapToDouble(Arrays::stream).toArray();
        return Matrix.wrap(outputs, all.length / outputs, all);
    }

    /** Concatenates the batches' rows of features, which are the columns of H. */
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
                .flatMapToLong(Arrays::stream)
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    /** The layer for core's certificate. */
    public LastLayer lastLayer() {
        SamplePasses passes = SamplePasses.of(samples());
        return hasBias ? LastLayer.withBias(passes, classifier, bias) : LastLayer.withoutBias(passes, classifier);
    }

    /** The samples for core's metrics. */
    public FeatureSamples samples() {
        return new FeatureSamples(features, labels, classifier.rows());
    }

    /** W and b for core's metrics. */
    public LinearClassifier linearClassifier() {
        return new LinearClassifier(classifier, bias);
    }

    /** The share of samples with the largest logit in their own class. */
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

    /** Whether all features and parameters are finite. */
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
