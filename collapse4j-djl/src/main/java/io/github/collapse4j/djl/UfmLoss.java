package io.github.collapse4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.collapse4j.model.Column;
import io.github.collapse4j.model.Loss;
import java.util.Arrays;

/**
 * The loss of the unconstrained feature model on a batch (docs/theory.md §1): the mean over its B samples of the
 * model's loss, and of the penalty {@code N·λ_H/2·‖h‖²}, so that the penalties of all N samples add up to
 * {@code λ_H/2·‖H‖²}. The penalties of W and b belong to the optimiser.
 *
 * <p>Plain cross-entropy and squared error are computed by the engine. For all other losses, core computes value and
 * derivative in double precision, so that a network is trained with exactly the loss that its last layer is judged by.
 * Class weights are relative to their mean over all N samples, not over the batch: the batches of an epoch add up to the
 * loss of the whole set, whereas PyTorch divides each by the weights of its own samples.
 *
 * <p>Predictions are {@code (logits B×K, features B×d)} as output by {@link FeatureTap#exposingFeatures}; without a
 * penalty the features may be missing. Labels are B integers.
 */
public final class UfmLoss extends ai.djl.training.loss.Loss {
    private final Loss loss;
    private final double penaltyPerSample;

    private UfmLoss(Loss loss, double penaltyPerSample) {
        super(loss.name());
        this.loss = loss;
        this.penaltyPerSample = penaltyPerSample;
    }

    /**
     * The loss without a penalty on the features.
     *
     * @param loss a loss of class labels, such as {@code new CrossEntropy()}, or one of a
     *     {@link io.github.collapse4j.model.TrainingLoss}
     */
    public static UfmLoss of(Loss loss) {
        return new UfmLoss(loss, 0);
    }

    /**
     * The loss with a penalty on the features.
     *
     * @param loss as for {@link #of}
     * @param lambdaH λ_H ≥ 0 of the model
     * @param samples N, the number of training samples
     */
    public static UfmLoss penalized(Loss loss, double lambdaH, long samples) {
        if (!(lambdaH >= 0) || Double.isInfinite(lambdaH)) {
            throw new IllegalArgumentException("lambdaH: expected a finite number of at least 0, found " + lambdaH);
        }
        return new UfmLoss(loss, lambdaH * samples);
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        NDArray logits = predictions.get(0);
        NDArray classes = labels.singletonOrThrow();
        NDArray data = mean(logits, classes);
        if (penaltyPerSample == 0) {
            return data;
        }
        if (predictions.size() < 2) {
            throw new IllegalArgumentException(
                    "predictions: expected logits and features for the penalty on features, found one array");
        }
        long batch = logits.getShape().get(0);
        NDArray factor = scalar(penaltyPerSample / (2 * batch), logits.getDataType(), classes.getManager());
        return data.add(predictions.get(1).square().sum().mul(factor));
    }

    private NDArray mean(NDArray logits, NDArray classes) {
        if (!loss.isPlain()) {
            return meanOfCore(logits, classes);
        }
        return loss.isQuadratic()
                ? logits.sub(classes.oneHot((int) logits.getShape().get(1)))
                        .square()
                        .sum()
                        .mul(scalar(0.5 / logits.getShape().get(0), logits.getDataType(), classes.getManager()))
                : logits.logSoftmax(1)
                        .get(new NDIndex().addAllDim(1).addPickDim(classes))
                        .mean()
                        .neg();
    }

    /**
     * The mean loss of the batch from core, in double precision. The engine gets its value plus {@code ⟨z − z, E/B⟩},
     * where the second z counts as a constant and E holds the residuals, so that its derivative is E/B.
     */
    private NDArray meanOfCore(NDArray logits, NDArray classes) {
        double[] z = doubles(logits);
        long[] labels = labels(classes);
        int outputs = (int) logits.getShape().get(1);
        double[] ones = new double[outputs];
        Arrays.fill(ones, 1);
        double[] residuals = new double[z.length];
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            Column column = new Column(i * outputs, outputs, Math.toIntExact(labels[i]), ones, 0);
            sum += loss.evaluate(column, z, residuals);
        }
        for (int i = 0; i < residuals.length; i++) {
            residuals[i] /= labels.length;
        }
        NDManager manager = classes.getManager();
        NDArray derivative = array(residuals, logits.getShape(), logits.getDataType(), manager);
        return logits.sub(logits.stopGradient())
                .mul(derivative)
                .sum()
                .add(scalar(sum / labels.length, logits.getDataType(), manager));
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

    private static long[] labels(NDArray classes) {
        try (NDArray whole = classes.toType(DataType.INT64, /* copy= */ true)) {
            return whole.toLongArray();
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
