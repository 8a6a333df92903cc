package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import java.util.ArrayList;
import java.util.List;

/** Counts how often two last layers, each with its own features of the same samples, predict different classes. */
public final class PredictionComparison {
    private static final int MAX_LISTED = 5;

    private final Matrix classifier;
    private final Matrix otherClassifier;
    private final double[] bias;
    private long samples;
    private long changed;
    private long changedTies;
    private final List<Long> firstChanged = new ArrayList<>();
    private double largestDifference;
    private double largestLogit;

    /**
     * Compares {@code W h + b} with {@code W' h' + b}.
     *
     * @param classifier W, {@code K×d}
     * @param otherClassifier W', {@code K×r}
     * @param bias K entries; zeros without a bias
     */
    public PredictionComparison(Matrix classifier, Matrix otherClassifier, double[] bias) {
        this.classifier = classifier;
        this.otherClassifier = otherClassifier;
        this.bias = bias;
    }

    /** Adds samples: features {@code d×n} and the other layer's, {@code r×n}. */
    public void add(Matrix features, Matrix otherFeatures) {
        Matrix logits = LinearAlgebra.multiply(classifier, features);
        Matrix otherLogits = LinearAlgebra.multiply(otherClassifier, otherFeatures);
        int classes = bias.length;
        for (int j = 0; j < features.columns(); j++) {
            int start = j * classes;
            double mean = 0;
            double otherMean = 0;
            for (int k = 0; k < classes; k++) {
                logits.data()[start + k] += bias[k];
                otherLogits.data()[start + k] += bias[k];
                mean += logits.data()[start + k] / classes;
                otherMean += otherLogits.data()[start + k] / classes;
            }
            int predicted = Vectors.indexOfLargest(logits.data(), start, start + classes);
            int otherPredicted = Vectors.indexOfLargest(otherLogits.data(), start, start + classes);
            for (int k = 0; k < classes; k++) {
                double centred = logits.data()[start + k] - mean;
                double difference = otherLogits.data()[start + k] - otherMean - centred;
                largestLogit = Math.max(largestLogit, Math.abs(centred));
                largestDifference = Math.max(largestDifference, Math.abs(difference));
            }
            if (predicted != otherPredicted) {
                boolean tie = logits.data()[start + predicted] == logits.data()[start + otherPredicted];
                noteChange(samples + j, tie);
            }
        }
        samples += features.columns();
    }

    private void noteChange(long sample, boolean tie) {
        changed++;
        changedTies += tie ? 1 : 0;
        if (firstChanged.size() < MAX_LISTED) {
            firstChanged.add(sample);
        }
    }

    /** The number of samples compared. */
    public long samples() {
        return samples;
    }

    /** The number of samples with different predictions. */
    public long changed() {
        return changed;
    }

    /**
     * The number of those whose two classes have equal logits in the first layer, so that the order of classes decides.
     */
    public long changedTies() {
        return changedTies;
    }

    /** The positions of the first few samples with different predictions, from 0. */
    public List<Long> firstChanged() {
        return List.copyOf(firstChanged);
    }

    /** The largest difference of centred logits, relative to the largest centred logit. */
    public double relativeLogitDifference() {
        return largestDifference == 0 ? 0 : largestDifference / largestLogit;
    }
}
