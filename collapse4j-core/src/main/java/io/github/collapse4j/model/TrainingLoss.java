package io.github.collapse4j.model;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.ProvedNorm;
import io.github.collapse4j.linalg.UnitRoundOff;
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
    /** Logits that differ by more leave a loss of which double precision cannot tell the minimum. */
    private static final double MOST_OFFSET = 1e4;

    /** Losses of outputs that differ by a larger factor likewise. */
    private static final double MOST_WEIGHT = 1e12;

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
        classWeights.ifPresent(weights -> requireAll("class weights", "above 0", weights, Double.MIN_VALUE));
        margins.ifPresent(numbers -> requireAll("margins", "of at least 0", numbers, 0));
        frequencies.ifPresent(numbers -> requireAll("frequencies", "above 0", numbers, Double.MIN_VALUE));
        margins.ifPresent(numbers -> requireAtMost("margins", numbers, MOST_OFFSET));
        positiveWeights.ifPresent(weights -> requireAll("positive weights", "of at least 0", weights, 0));
        positiveWeights.ifPresent(weights -> requireAtMost("positive weights", weights, MOST_WEIGHT));
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
        double[] shares = new double[targets.rows()];
        for (int k = 0; k < shares.length; k++) {
            for (int m = 0; m < targets.columns(); m++) {
                shares[k] += targets.get(k, m) * counts.count(m);
            }
            shares[k] /= counts.samples();
            if (!(shares[k] > 0)) {
                throw new IllegalArgumentException(
                        "logit adjustment: expected targets that want every class, as it takes"
                                + " the logarithm of their mean; found none for class " + k);
            }
        }
        return new TrainingLoss(
                kind, smoothing, classWeights, logitAdjustment, margins, positiveWeights, Optional.of(shares));
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
            positiveWeights.ifPresent(
                    weights -> requireAll("positive weights", "above 0 with a free bias", weights, Double.MIN_VALUE));
        }
    }

    /** The loss of samples with class labels. */
    public Loss ofClasses(ClassCounts counts) {
        int classes = counts.classes();
        double[] weights = sampleWeights(counts);
        boolean plain = smoothing == 0 && Arrays.stream(weights).allMatch(weight -> weight == 1);
        double[] positives = lengthened("positive weights", positiveWeights, classes, 1);
        double other = smoothing / classes;
        double own = 1 - smoothing + other;
        return switch (kind) {
            case SOFTMAX -> plain && isUnshifted(counts) ? new CrossEntropy() : softmaxOfClasses(counts, weights);
            case SIGMOID -> {
                double[] up = new double[classes];
                double[] down = new double[classes];
                double[] outputs = new double[classes];
                double[] rest = new double[classes];
                for (int k = 0; k < classes; k++) {
                    outputs[k] = positives[k] * other;
                    rest[k] = 1 - other;
                    up[k] = weights[k] * positives[k] * own;
                    down[k] = weights[k] * smoothing * (1 - 1.0 / classes);
                }
                yield new SigmoidLoss(
                        new Entries.OfClasses(outputs, weights, up),
                        new Entries.OfClasses(rest, weights, down),
                        accuracy(summed(weights)));
            }
            case SQUARED -> {
                double[] owns = new double[classes];
                Arrays.fill(owns, own);
                yield plain
                        ? new SquaredError()
                        : new SquaredLoss(
                                Entries.OfClasses.of(other, owns),
                                Entries.OfClasses.ofColumns(weights),
                                accuracy(summed(weights)));
            }
        };
    }

    private boolean isUnshifted(ClassCounts counts) {
        return (logitAdjustment == 0 || (counts.isBalanced() && frequencies.isEmpty()))
                && margins.stream().flatMapToDouble(Arrays::stream).allMatch(margin -> margin == 0);
    }

    /** {@code N·cw_y/Σ_i cw_{y_i}}; exactly 1 if all weights are equal. */
    private double[] sampleWeights(ClassCounts counts) {
        double[] weights = lengthened("class weights", classWeights, counts.classes(), 1);
        double largest = Arrays.stream(weights).max().orElseThrow();
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += weights[k] / largest * counts.count(k);
        }
        double[] relative = new double[weights.length];
        for (int k = 0; k < weights.length; k++) {
            relative[k] = weights[k] / largest * (counts.samples() / sum);
            if (!(relative[k] >= Double.MIN_NORMAL)) {
                throw new IllegalArgumentException("class weights: expected ratios in the range of double precision,"
                        + " found " + weights[k] + " of class " + k + " and " + largest);
            }
        }
        return relative;
    }

    /** {@code v_k = cw_k((1 − ε)[k = y] + ε/K)} combines weight and target. */
    private Loss softmaxOfClasses(ClassCounts counts, double[] weights) {
        int classes = counts.classes();
        double[] outputs = new double[classes];
        double[] ones = new double[classes];
        double[] own = new double[classes];
        double[] totals = new double[classes];
        double[] shifts = shifts(counts);
        double[] ownShifts = shifts.clone();
        double[] ownMargins = lengthened("margins", margins, classes, 0);
        double all = Arrays.stream(weights).sum() * (smoothing / classes);
        for (int k = 0; k < classes; k++) {
            outputs[k] = weights[k] * (smoothing / classes);
            ones[k] = 1;
        }
        for (int k = 0; k < classes; k++) {
            totals[k] = weights[k] * (1 - smoothing) + all;
            own[k] = weights[k] * (1 - smoothing) + outputs[k];
            ownShifts[k] -= ownMargins[k];
        }
        double offsetError =
                (largest(shifts) + Math.abs(logitAdjustment) + largest(ownMargins)) * 8 * UnitRoundOff.DOUBLE;
        return new SoftmaxLoss(
                new Entries.OfClasses(outputs, ones, own),
                new Entries.OfClasses(shifts, ones, ownShifts),
                totals,
                accuracy(summed(weights)),
                offsetError);
    }

    /**
     * A bound of the relative errors of targets and weights: the stated numbers are rounded decimals, sums over classes have
     * as many roundings unless their terms are all 1, and {@code 1 − ε} may cancel.
     *
     * @param classes the number of classes over which weights and targets that differ are added up
     */
    private double accuracy(int classes) {
        return ProvedNorm.relative(2.0 * classes + 24 + 4 / (1 - smoothing));
    }

    private static int summed(double[] weights) {
        return Arrays.stream(weights).allMatch(weight -> weight == 1) ? 0 : weights.length;
    }

    private static double largest(double[] numbers) {
        return Arrays.stream(numbers).map(Math::abs).max().orElse(0);
    }

    private double[] shifts(ClassCounts counts) {
        if (logitAdjustment == 0) {
            return new double[counts.classes()];
        }
        double[] shares = new double[counts.classes()];
        Arrays.setAll(shares, k -> (double) counts.count(k) / counts.samples());
        return adjusted(frequencies.isPresent() ? lengthened("frequencies", frequencies, shares.length, 0) : shares);
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
        double[] weights = lengthened("class weights", classWeights, outputs, 1);
        double[] positives = lengthened("positive weights", positiveWeights, outputs, 1);
        Entries.Table smoothed = Entries.Table.of(
                outputs, targets.columns(), (k, m) -> (1 - smoothing) * targets.get(k, m) + smoothing / outputs);
        return switch (kind) {
            case SOFTMAX -> adjustedTo(counts, targets).softmaxOfTargets(smoothed, weights);
            case SIGMOID -> {
                Entries.Table up = Entries.Table.of(
                        outputs, targets.columns(), (k, m) -> weights[k] * positives[k] * smoothed.of(k, m));
                Entries.Table down = Entries.Table.of(
                        outputs,
                        targets.columns(),
                        (k, m) -> weights[k]
                                * ((1 - smoothing) * (1 - targets.get(k, m)) + smoothing * (1 - 1.0 / outputs)));
                yield new SigmoidLoss(up, down, accuracy(outputs));
            }
            case SQUARED ->
                new SquaredLoss(
                        smoothed,
                        Entries.Table.of(outputs, targets.columns(), (k, m) -> weights[k]),
                        accuracy(outputs));
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

    private Loss softmaxOfTargets(Entries.Table smoothed, double[] weights) {
        int outputs = weights.length;
        int groups = smoothed.groups();
        Entries.Table wants = Entries.Table.of(outputs, groups, (k, m) -> weights[k] * smoothed.of(k, m));
        double[] totals = new double[groups];
        for (int m = 0; m < groups; m++) {
            for (int k = 0; k < outputs; k++) {
                totals[m] += wants.of(k, m);
            }
        }
        double[] shifts = logitAdjustment == 0
                ? new double[outputs]
                : adjusted(lengthened("frequencies", frequencies, outputs, 1));
        // The frequencies are sums over the groups.
        double offsetError = (largest(shifts) + Math.abs(logitAdjustment) * (groups + 1)) * 8 * UnitRoundOff.DOUBLE;
        return new SoftmaxLoss(
                wants, Entries.Table.of(outputs, groups, (k, m) -> shifts[k]), totals, accuracy(outputs), offsetError);
    }

    private static double[] lengthened(String name, Optional<double[]> given, int length, double otherwise) {
        if (given.isEmpty()) {
            double[] numbers = new double[length];
            Arrays.fill(numbers, otherwise);
            return numbers;
        }
        double[] numbers = given.get();
        if (numbers.length != length) {
            throw new IllegalArgumentException(
                    name + ": expected one for each of the " + length + " classes, found " + numbers.length);
        }
        return numbers;
    }

    private static void requireAtMost(String name, double[] numbers, double most) {
        for (int k = 0; k < numbers.length; k++) {
            if (numbers[k] > most) {
                throw new IllegalArgumentException(
                        name + ": expected at most " + most + ", found " + numbers[k] + " of class " + k);
            }
        }
    }

    /** {@code τ log π} for the frequency π of each class. */
    private double[] adjusted(double[] shares) {
        double[] shifts = new double[shares.length];
        Arrays.setAll(shifts, k -> logitAdjustment * Math.log(shares[k]));
        double spread = Arrays.stream(shifts).max().orElseThrow()
                - Arrays.stream(shifts).min().orElseThrow();
        if (!(spread <= MOST_OFFSET)) {
            throw new IllegalArgumentException("logit adjustment: expected to move logits by at most " + MOST_OFFSET
                    + " from one class to another, found " + spread);
        }
        return shifts;
    }

    private static void requireAll(String name, String expected, double[] numbers, double least) {
        for (int k = 0; k < numbers.length; k++) {
            if (!(numbers[k] >= least) || Double.isInfinite(numbers[k])) {
                throw new IllegalArgumentException(
                        name + ": expected finite numbers " + expected + ", found " + numbers[k] + " of class " + k);
            }
        }
    }
}
