package io.github.collapse4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.TrainingLoss;
import java.util.Arrays;

/**
 * The loss of the unconstrained feature model on a batch (docs/theory.md §1): the mean over its B samples of the
 * model's loss, and of the penalty {@code N·λ_H/2·‖h‖²}, so that the penalties of all N samples add up to
 * {@code λ_H/2·‖H‖²}. The penalties of W and b belong to the optimiser.
 *
 * <p>Plain cross-entropy and squared error are computed by the engine. For all other losses, core computes value and
 * derivative in double precision, so that a network is trained with exactly the loss that its last layer is judged by.
 * Class weights are relative to their mean over all N samples, not over the batch: the batches of an epoch add up to the
 * loss of the whole set. PyTorch divides each batch by the weights of its own samples, as {@link #dividedByBatch} does.
 *
 * <p>Predictions are {@code (logits B×K, features B×d)} as output by {@link FeatureTap#exposingFeatures}; without a
 * penalty the features may be missing. Labels are B integers, or end with the targets, {@code B×K}.
 */
public final class UfmLoss extends ai.djl.training.loss.Loss {
    private final Samples samples;
    private final double penaltyPerSample;

    private UfmLoss(String name, Samples samples, double penaltyPerSample) {
        super(name);
        this.samples = samples;
        this.penaltyPerSample = penaltyPerSample;
    }

    /** How the samples of a batch get their losses. */
    private sealed interface Samples {
        /** One loss for each class; the sum over a batch is divided by its relative weights, if there are any, or B. */
        record Labelled(Loss loss, double[] weights) implements Samples {}

        /** One loss for each sample. */
        record Targeted(TrainingLoss loss) implements Samples {}
    }

    /**
     * The loss without a penalty on the features.
     *
     * @param loss a loss of class labels, such as {@code new CrossEntropy()}, or one of a {@link TrainingLoss}
     */
    public static UfmLoss of(Loss loss) {
        return new UfmLoss(loss.name(), new Samples.Labelled(loss, new double[0]), 0);
    }

    /**
     * The loss of samples with a target each, such as PyTorch's cross-entropy with probabilities. The labels of a batch
     * end with the targets, {@code B×K}, which may follow its class labels.
     *
     * @param loss what is said about the loss; class weights multiply the classes' shares of the targets, and logit
     *     adjustment needs the frequencies of the whole set ({@link TrainingLoss#adjustedTo})
     */
    public static UfmLoss ofTargets(TrainingLoss loss) {
        if (loss.logitAdjustment() != 0 && loss.frequencies().isEmpty()) {
            throw new IllegalArgumentException(
                    "logit adjustment: expected the frequencies of the classes in the training set, found none");
        }
        return new UfmLoss("targets", new Samples.Targeted(loss), 0);
    }

    /**
     * What PyTorch's {@code CrossEntropyLoss(weight)} computes for a batch: the sum is divided by the class weights of
     * the batch's own samples. A batch with many heavy samples then counts less: in the mean over all batches, class k
     * has the weight {@code w_k·E[1/S]}, S the sum of the weights of a batch that has a sample of it. That differs from
     * w_k by a share of about {@code (w_k − w̄)/(B·w̄)} for B ≪ N, w̄ the mean weight of the samples, and not at all if the
     * batch is the whole set (docs/theory.md §10).
     *
     * @param loss cross-entropy
     * @param counts samples of each class in the whole training set, for logit adjustment and margins
     */
    public static UfmLoss dividedByBatch(TrainingLoss loss, ClassCounts counts) {
        if (loss.kind() != TrainingLoss.Kind.SOFTMAX) {
            throw new IllegalArgumentException("loss: expected cross-entropy, found " + loss.kind()
                    + ", which PyTorch does not divide by the class weights");
        }
        double[] weights = loss.classWeights().orElse(new double[0]);
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += weights[k] * counts.count(k);
        }
        double mean = sum / counts.samples();
        return new UfmLoss(
                "PyTorch's mean",
                new Samples.Labelled(
                        loss.ofClasses(counts),
                        Arrays.stream(weights).map(weight -> weight / mean).toArray()),
                0);
    }

    /**
     * The loss with a penalty on the features.
     *
     * @param loss as for {@link #of}
     * @param lambdaH λ_H ≥ 0 of the model
     * @param samples N, the number of training samples
     */
    public static UfmLoss penalized(Loss loss, double lambdaH, long samples) {
        return of(loss).penalized(lambdaH, samples);
    }

    /** This loss with a penalty on the features. */
    public UfmLoss penalized(double lambdaH, long trainingSamples) {
        if (!(lambdaH >= 0) || Double.isInfinite(lambdaH)) {
            throw new IllegalArgumentException("lambdaH: expected a finite number of at least 0, found " + lambdaH);
        }
        return new UfmLoss(getName(), samples, lambdaH * trainingSamples);
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        NDArray logits = predictions.get(0);
        NDArray wanted =
                samples instanceof Samples.Targeted ? labels.get(labels.size() - 1) : labels.singletonOrThrow();
        NDArray data = mean(logits, wanted);
        if (penaltyPerSample == 0) {
            return data;
        }
        if (predictions.size() < 2) {
            throw new IllegalArgumentException(
                    "predictions: expected logits and features for the penalty on features, found one array");
        }
        long batch = logits.getShape().get(0);
        NDArray factor = scalar(penaltyPerSample / (2 * batch), logits.getDataType(), wanted.getManager());
        return data.add(predictions.get(1).square().sum().mul(factor));
    }

    private NDArray mean(NDArray logits, NDArray wanted) {
        int outputs = (int) logits.getShape().get(1);
        if (samples instanceof Samples.Targeted targeted) {
            return meanOfCore(logits, wanted, termOfTargets(targeted.loss(), wanted, outputs));
        }
        Samples.Labelled labelled = (Samples.Labelled) samples;
        Loss loss = labelled.loss();
        if (!loss.isPlain()) {
            return meanOfCore(logits, wanted, termOfLabels(labelled, labels(wanted), outputs));
        }
        return loss.isQuadratic()
                ? logits.sub(wanted.oneHot(outputs))
                        .square()
                        .sum()
                        .mul(scalar(0.5 / logits.getShape().get(0), logits.getDataType(), wanted.getManager()))
                : logits.logSoftmax(1)
                        .get(new NDIndex().addAllDim(1).addPickDim(wanted))
                        .mean()
                        .neg();
    }

    private static DataTerm termOfLabels(Samples.Labelled labelled, int[] labels, int outputs) {
        double sum = labelled.weights().length == 0
                ? labels.length
                : Arrays.stream(labels)
                        .mapToDouble(label -> labelled.weights()[label])
                        .sum();
        return DataTerm.ofClasses(labelled.loss(), outputs, labels, repeated(1 / sum, labels.length));
    }

    private static DataTerm termOfTargets(TrainingLoss loss, NDArray targets, int outputs) {
        double[] rows = doubles(targets); // row-major B×K, which is K×B in columns
        int count = rows.length / outputs;
        if (!targets.getShape().equals(new Shape(count, outputs))) {
            throw new IllegalArgumentException("labels: expected targets B×K with K = " + outputs
                    + " as the logits have, found " + targets.getShape());
        }
        int[] each = new int[count];
        Arrays.setAll(each, i -> i);
        Loss ofSamples = loss.ofTargets(ClassCounts.balanced(count, 1), Matrix.wrap(outputs, count, rows));
        return DataTerm.ofClasses(ofSamples, outputs, each, repeated(1.0 / count, count));
    }

    private static double[] repeated(double number, int count) {
        double[] numbers = new double[count];
        Arrays.fill(numbers, number);
        return numbers;
    }

    /**
     * The loss of the batch from core, in double precision. The engine gets its value plus {@code ⟨z − z, G⟩},
     * where the second z counts as a constant and G is the derivative.
     */
    private static NDArray meanOfCore(NDArray logits, NDArray wanted, DataTerm data) {
        Matrix residuals = Matrix.zeros(data.rows(), data.columns());
        double value = data.evaluate(Matrix.wrap(data.rows(), data.columns(), doubles(logits)), residuals);
        double[] derivative = residuals.data();
        for (int i = 0; i < derivative.length; i++) {
            derivative[i] *= data.weight(i / data.rows());
        }
        NDManager manager = wanted.getManager();
        return logits.sub(logits.stopGradient())
                .mul(array(derivative, logits.getShape(), logits.getDataType(), manager))
                .sum()
                .add(scalar(value, logits.getDataType(), manager));
    }

    private static double[] doubles(NDArray logits) {
        if (logits.getDataType() == DataType.FLOAT32) {
            float[] single = logits.toFloatArray();
            double[] widened = new double[single.length];
            for (int i = 0; i < single.length; i++) {
                widened[i] = single[i];
            }
            return widened;
        }
        try (NDArray precise = logits.toType(DataType.FLOAT64, /* copy= */ true)) {
            return precise.toDoubleArray();
        }
    }

    private static int[] labels(NDArray classes) {
        try (NDArray whole = classes.toType(DataType.INT64, /* copy= */ true)) {
            return Arrays.stream(whole.toLongArray()).mapToInt(Math::toIntExact).toArray();
        }
    }

    private static NDArray array(double[] numbers, Shape shape, DataType type, NDManager manager) {
        if (type == DataType.FLOAT32) {
            float[] single = new float[numbers.length];
            for (int i = 0; i < single.length; i++) {
                single[i] = (float) numbers[i];
            }
            return manager.create(single, shape);
        }
        return manager.create(numbers, shape).toType(type, /* copy= */ false);
    }

    /**
     * Returns a scalar that lives as long as the labels. DJL frees the scalar of {@code mul(Number)} at once although
     * PyTorch still needs it in the backward pass, so that gradients would occasionally be scaled by freed memory.
     */
    private static NDArray scalar(double value, DataType type, NDManager manager) {
        return array(new double[] {value}, new Shape(), type, manager);
    }
}
