package io.github.collapse4j.model;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.ProvedNorm;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A loss as specified for training, which it converts to the form of docs/theory.md §10. It has every factor of
 * PyTorch's {@code CrossEntropyLoss(weight, label_smoothing)} and {@code BCEWithLogitsLoss(weight, pos_weight)} with
 * mean reduction. Sigmoid losses are summed over the outputs and averaged over the samples: K times PyTorch's mean.
 *
 * @param kind which of the three losses
 * @param smoothing ε of label smoothing, 0 ≤ ε &lt; 1: targets are {@code (1 − ε)t + ε/K}
 * @param classWeights a weight above 0 for each class. With class labels the sum is divided by the weights' sum over
 *     the samples; with targets it is divided by N, and a class's weight multiplies its share of a distribution, or the
 *     term of its output in a sum
 * @param logitAdjustment τ: softmax of {@code z + τ·log(n/N)}; with targets the mean target takes the place of n/N
 * @param margins a margin of at least 0 for each class: softmax of {@code z − m_y e_y}
 * @param positiveWeights for sigmoid losses, a weight of at least 0 for each output's positive samples
 * @param frequencies what logit adjustment takes for n/N or the mean target, where the samples at hand are some of
 *     those of the training
 */
public record TrainingLoss(
        Kind kind,
        double smoothing,
        Optional<double[]> classWeights,
        double logitAdjustment,
        Optional<double[]> margins,
        Optional<double[]> positiveWeights,
        Optional<double[]> frequencies) {
    /** Outputs whose losses differ by a larger factor leave one whose minimum double precision cannot resolve. */
    private static final double MAX_WEIGHT = 1e12;

    /** The losses of a sample with logits z and target t. */
    public enum Kind {
        /** {@code logsumexp(z) − ⟨t, z⟩}. */
        SOFTMAX("cross-entropy"),
        /** {@code Σ_k softplus(z_k) − t_k z_k}. */
        SIGMOID("binary cross-entropy"),
        /** {@code ½‖z − t‖²}. */
        SQUARED("squared error");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    public TrainingLoss {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("label smoothing: expected at least 0 and below 1, where targets depend"
                    + " on the labels, found " + smoothing);
        }
        if (!Double.isFinite(logitAdjustment)) {
            throw new IllegalArgumentException("logit adjustment: expected a finite number, found " + logitAdjustment);
        }
        classWeights.ifPresent(numbers -> PerClass.requireAbove0("class weights", numbers));
        margins.ifPresent(numbers -> PerClass.requireUpTo("margins", LogitOffsets.MAX_OFFSET, numbers));
        frequencies.ifPresent(numbers -> PerClass.requireAbove0("frequencies", numbers));
        positiveWeights.ifPresent(numbers -> PerClass.requireUpTo("positive weights", MAX_WEIGHT, numbers));
        if (kind != Kind.SOFTMAX && (logitAdjustment != 0 || margins.isPresent())) {
            throw new IllegalArgumentException("logit adjustment and margins: expected cross-entropy, found " + kind);
        }
        if (kind != Kind.SIGMOID && positiveWeights.isPresent()) {
            throw new IllegalArgumentException("positive weights: expected binary cross-entropy, found " + kind);
        }
    }

    /** A loss whose logit adjustment takes the frequencies of the samples at hand. */
    public TrainingLoss(
            Kind kind,
            double smoothing,
            Optional<double[]> classWeights,
            double logitAdjustment,
            Optional<double[]> margins,
            Optional<double[]> positiveWeights) {
        this(kind, smoothing, classWeights, logitAdjustment, margins, positiveWeights, Optional.empty());
    }

    /** Whether none of the options is used. */
    public boolean isPlain() {
        return smoothing == 0
                && classWeights.isEmpty()
                && logitAdjustment == 0
                && margins.isEmpty()
                && positiveWeights.isEmpty();
    }

    /** The loss without any of the options. */
    public static TrainingLoss of(Kind kind) {
        return new TrainingLoss(kind, 0, Optional.empty(), 0, Optional.empty(), Optional.empty());
    }

    public TrainingLoss withSmoothing(double epsilon) {
        return new TrainingLoss(kind, epsilon, classWeights, logitAdjustment, margins, positiveWeights, frequencies);
    }

    public TrainingLoss withClassWeights(double... weights) {
        return new TrainingLoss(
                kind, smoothing, Optional.of(weights), logitAdjustment, margins, positiveWeights, frequencies);
    }

    public TrainingLoss withLogitAdjustment(double tau) {
        return new TrainingLoss(kind, smoothing, classWeights, tau, margins, positiveWeights, frequencies);
    }

    public TrainingLoss withMargins(double... numbers) {
        return new TrainingLoss(
                kind, smoothing, classWeights, logitAdjustment, Optional.of(numbers), positiveWeights, frequencies);
    }

    public TrainingLoss withPositiveWeights(double... weights) {
        return new TrainingLoss(
                kind, smoothing, classWeights, logitAdjustment, margins, Optional.of(weights), frequencies);
    }

    /**
     * The loss for some of the samples with targets, whose logit adjustment is that of all of them; this one without
     * logit adjustment, or with frequencies.
     *
     * @param counts number of samples in each of M groups
     * @param targets K×M
     * @throws IllegalArgumentException if no sample wants some class
     */
    public TrainingLoss adjustedTo(ClassCounts counts, Matrix targets) {
        if (logitAdjustment == 0 || frequencies.isPresent()) {
            return this;
        }
        return new TrainingLoss(
                kind,
                smoothing,
                classWeights,
                logitAdjustment,
                margins,
                positiveWeights,
                Optional.of(LogitOffsets.meanTarget(counts, targets)));
    }

    /** The loss of the classes that remain when some are left out, as they have no sample. */
    public TrainingLoss without(List<Integer> absent) {
        return new TrainingLoss(
                kind,
                smoothing,
                classWeights.map(numbers -> without(absent, numbers)),
                logitAdjustment,
                margins.map(numbers -> without(absent, numbers)),
                positiveWeights.map(numbers -> without(absent, numbers)),
                frequencies.map(numbers -> without(absent, numbers)));
    }

    /** Numbers of all classes without those of the classes that are left out. */
    public static double[] without(List<Integer> absent, double[] numbers) {
        return IntStream.range(0, numbers.length)
                .filter(k -> !absent.contains(k))
                .mapToDouble(k -> numbers[k])
                .toArray();
    }

    /** Weights that give all classes equal influence: {@code N/(K n_k)}. */
    public static double[] balancedWeights(ClassCounts counts) {
        double[] weights = new double[counts.classes()];
        Arrays.setAll(weights, k -> (double) counts.samples() / counts.classes() / counts.count(k));
        return weights;
    }

    /** Margins proportional to {@code n_k^{−1/4}}, the largest for the smallest class (LDAM, Cao et al. 2019). */
    public static double[] ldamMargins(ClassCounts counts, double largest) {
        double smallest = Arrays.stream(counts.toArray()).min().orElseThrow();
        double[] margins = new double[counts.classes()];
        Arrays.setAll(margins, k -> largest * Math.pow(smallest / counts.count(k), 0.25));
        return margins;
    }

    /**
     * The loss of samples with class labels, checked to have a minimum.
     *
     * @throws IllegalArgumentException if it is for another number of classes, or a free bias would grow without end
     */
    public Loss ofClasses(ClassCounts counts, boolean freeBias) {
        requireWanted(freeBias);
        Loss loss = ofClasses(counts);
        loss.check(counts, freeBias);
        return loss;
    }

    /**
     * The loss of samples with targets, checked to have a minimum.
     *
     * @param targets K×M, a column for each group
     * @throws IllegalArgumentException if it is for other targets, or a free bias would grow without end
     */
    public Loss ofTargets(ClassCounts counts, Matrix targets, boolean freeBias) {
        requireWanted(freeBias);
        Loss loss = ofTargets(counts, targets);
        loss.check(counts, freeBias);
        return loss;
    }

    /** Where positive samples have no weight, a free bias falls without end, whatever the targets. */
    private void requireWanted(boolean freeBias) {
        if (freeBias) {
            positiveWeights.ifPresent(numbers ->
                    PerClass.requireAtLeast("positive weights", "above 0 with a free bias", Double.MIN_VALUE, numbers));
        }
    }

    /** The loss of samples with class labels. */
    public Loss ofClasses(ClassCounts counts) {
        double[] weights = PerClass.relativeWeights(classWeights, counts);
        positiveWeights(counts.classes());
        return switch (kind) {
            case SOFTMAX -> SoftmaxLoss.ofClasses(this, counts, weights);
            case SIGMOID -> SigmoidLoss.ofClasses(this, weights);
            case SQUARED -> SquaredLoss.ofClasses(this, weights);
        };
    }

    /**
     * The loss of samples with target distributions, probabilities or values instead of labels: one group for each
     * column.
     *
     * @param counts number of samples in each of the M groups
     * @param targets K×M; columns of softmax losses are distributions, entries of sigmoid losses probabilities
     */
    public Loss ofTargets(ClassCounts counts, Matrix targets) {
        if (margins.isPresent()) {
            throw new IllegalArgumentException(
                    "margins: expected class labels, as a margin is subtracted from the logit of"
                            + " the sample's class, found targets");
        }
        if (targets.columns() != counts.classes()) {
            throw new IllegalArgumentException("targets: expected a column for each of the " + counts.classes()
                    + " groups, found " + targets.columns());
        }
        int outputs = targets.rows();
        if (outputs < (kind == Kind.SOFTMAX ? 2 : 1)) {
            throw new IllegalArgumentException("targets: expected at least 2 classes, found " + outputs);
        }
        TargetChecks.require(kind, targets, 0);
        double[] weights = PerClass.orElse("class weights", classWeights, outputs, 1);
        positiveWeights(outputs);
        return switch (kind) {
            case SOFTMAX -> SoftmaxLoss.ofTargets(adjustedTo(counts, targets), targets, weights);
            case SIGMOID -> SigmoidLoss.ofTargets(this, targets, weights);
            case SQUARED -> SquaredLoss.ofTargets(this, targets, weights);
        };
    }

    /**
     * Checks some of many targets, which are too many for one matrix.
     *
     * @param first the number of the first column among all of them, for messages
     * @throws IllegalArgumentException if they are not those of such a loss
     */
    public static void requireTargets(Kind kind, Matrix targets, long first) {
        TargetChecks.require(kind, targets, first);
    }

    /** The weights of positive samples, 1 unless given. */
    double[] positiveWeights(int outputs) {
        return PerClass.orElse("positive weights", positiveWeights, outputs, 1);
    }

    /** Whether targets stay one-hot and all samples weigh the same. */
    boolean isUnweighted(double[] sampleWeights) {
        return smoothing == 0 && areOnes(sampleWeights);
    }

    /** {@code (1 − ε)t + ε/K}. */
    Entries smoothed(Matrix targets) {
        int outputs = targets.rows();
        return Entries.Table.of(
                outputs, targets.columns(), (k, m) -> (1 - smoothing) * targets.get(k, m) + smoothing / outputs);
    }

    /** A bound of the relative errors of targets and weights for samples with class labels. */
    double accuracy(double[] sampleWeights) {
        return accuracy(areOnes(sampleWeights) ? 0 : sampleWeights.length);
    }

    /**
     * A bound of the relative errors of targets and weights: the stated numbers are rounded decimals, sums over classes
     * have as many roundings unless their terms are all 1, and {@code 1 − ε} may cancel.
     *
     * @param classes the number of classes over which weights and targets that differ are added up
     */
    double accuracy(int classes) {
        return ProvedNorm.relative(2.0 * classes + 24 + 4 / (1 - smoothing));
    }

    private static boolean areOnes(double[] weights) {
        return Arrays.stream(weights).allMatch(weight -> weight == 1);
    }
}
