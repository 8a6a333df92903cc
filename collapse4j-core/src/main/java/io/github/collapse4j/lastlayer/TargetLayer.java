package io.github.collapse4j.lastlayer;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.stats.BatchChecks;
import java.util.Arrays;
import java.util.Optional;

/**
 * The last layer of a network that was trained on a target for each sample, as by mixup or distillation, and its input.
 *
 * @param samples penultimate features of N samples, which can be read more than once; their labels are not used
 * @param targets their targets, in the same order
 * @param classifier W, {@code K×d}
 * @param bias b, K entries; empty for a layer without bias
 */
public record TargetLayer(SampleSource samples, SampleTargets targets, Matrix classifier, Optional<double[]> bias) {
    public TargetLayer {
        if (samples.featureDimension() != classifier.columns()) {
            throw new IllegalArgumentException("weights: expected K×d with d = " + samples.featureDimension()
                    + " as the features have, found " + classifier.rows() + "×" + classifier.columns());
        }
        if (targets.outputs() != classifier.rows()) {
            throw new IllegalArgumentException("targets: expected N×K with K = " + classifier.rows()
                    + " as the weights have, found " + targets.samples() + "×" + targets.outputs());
        }
        if (samples.samples().isPresent()) {
            requireRows(targets, samples.samples().getAsLong());
        }
    }

    private static void requireRows(SampleTargets targets, long found) {
        if (found != targets.samples()) {
            throw new IllegalArgumentException(
                    "targets: expected a row for each of the " + found + " samples, found " + targets.samples());
        }
    }

    /** The bias, zeros without one. */
    double[] offsets() {
        return bias.orElseGet(() -> new double[classifier.rows()]);
    }

    /**
     * Some samples, evaluated.
     *
     * @param data their loss; weights are 1
     * @param features H, {@code d×n}
     * @param targets {@code K×n}
     * @param logits {@code K×n}
     * @param residual E, {@code K×n}
     * @param loss the sum of the losses
     */
    record Batch(DataTerm data, Matrix features, Matrix targets, Matrix logits, Matrix residual, double loss) {}

    /** What a pass does with a batch. */
    @FunctionalInterface
    interface Body {
        void accept(Batch batch);
    }

    /** The number of samples that are evaluated at once. */
    int batchSize(Loss any) {
        return new LayerLoss(any, classifier, offsets()).batchSize();
    }

    /** Evaluates all samples in batches, in order. */
    void forEach(TrainingLoss statement, int batchSize, Body body) {
        int classes = classifier.rows();
        long done = 0;
        try (SampleReader reader = samples.open()) {
            SampleBatch batch = new SampleBatch(classifier.columns(), batchSize);
            while (reader.next(batch)) {
                BatchChecks.require(batch, samples.classes(), classifier.columns());
                int count = batch.count();
                if (done + count > targets.samples()) {
                    requireRows(targets, done + count);
                }
                body.accept(evaluate(statement, classes, batch, done));
                done += count;
            }
        }
        requireRows(targets, done);
    }

    private Batch evaluate(TrainingLoss statement, int classes, SampleBatch batch, long first) {
        int count = batch.count();
        Matrix target = Matrix.zeros(classes, count);
        targets.read(first, count, target.data());
        Matrix features =
                Matrix.wrap(classifier.columns(), count, Arrays.copyOf(batch.features(), count * classifier.columns()));
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        int[] each = new int[count];
        Arrays.setAll(each, j -> j);
        Loss loss = statement.ofTargets(ClassCounts.balanced(count, 1), target);
        DataTerm data = DataTerm.ofClasses(loss, classes, each, ones);
        Matrix logits = BatchResiduals.logits(classifier, offsets(), features);
        Matrix residual = Matrix.zeros(classes, count);
        double value = data.evaluate(logits, residual);
        return new Batch(data, features, target, logits, residual, value);
    }
}
