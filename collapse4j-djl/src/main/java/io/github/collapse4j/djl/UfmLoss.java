package io.github.collapse4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.loss.Loss;

/**
 * The loss of the unconstrained feature model on a batch (docs/theory.md §1): the mean over its B samples of
 * cross-entropy or {@code ½‖z−y‖²}, and of the penalty {@code N·λ_H/2·‖h‖²}, so that the penalties of all N samples add
 * up to {@code λ_H/2·‖H‖²}. The penalties of W and b belong to the optimiser.
 *
 * <p>Predictions are {@code (logits B×K, features B×d)} as output by {@link FeatureTap#exposingFeatures}; without a
 * penalty the features may be missing. Labels are B integers.
 */
public final class UfmLoss extends Loss {
    /** The loss of a sample. */
    public enum Kind {
        /** {@code logsumexp(z) − z_y}. */
        CROSS_ENTROPY,
        /** {@code ½‖z − e_y‖²}. */
        SQUARED_ERROR
    }

    private final Kind kind;
    private final double penaltyPerSample;

    private UfmLoss(Kind kind, double penaltyPerSample) {
        super(kind == Kind.CROSS_ENTROPY ? "CrossEntropy" : "SquaredError");
        this.kind = kind;
        this.penaltyPerSample = penaltyPerSample;
    }

    /** The loss without a penalty on the features. */
    public static UfmLoss of(Kind kind) {
        return new UfmLoss(kind, 0);
    }

    /**
     * The loss with a penalty on the features.
     *
     * @param lambdaH λ_H ≥ 0 of the model
     * @param samples N, the number of training samples
     */
    public static UfmLoss penalized(Kind kind, double lambdaH, long samples) {
        if (!(lambdaH >= 0) || Double.isInfinite(lambdaH)) {
            throw new IllegalArgumentException("lambdaH: expected a finite number of at least 0, found " + lambdaH);
        }
        return new UfmLoss(kind, lambdaH * samples);
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        NDArray logits = predictions.get(0);
        NDArray classes = labels.singletonOrThrow();
        long batch = logits.getShape().get(0);
        NDArray data = kind == Kind.CROSS_ENTROPY
                ? logits.logSoftmax(1)
                        .get(new NDIndex().addAllDim(1).addPickDim(classes))
                        .mean()
                        .neg()
                : logits.sub(classes.oneHot((int) logits.getShape().get(1)))
                        .square()
                        .sum()
                        .mul(factor(0.5 / batch, classes));
        if (penaltyPerSample == 0) {
            return data;
        }
        if (predictions.size() < 2) {
            throw new IllegalArgumentException(
                    "predictions: expected logits and features for the penalty on features, found one array");
        }
        return data.add(predictions.get(1).square().sum().mul(factor(penaltyPerSample / (2 * batch), classes)));
    }

    /**
     * Returns a scalar that lives as long as the labels. DJL frees the scalar of {@code mul(Number)} at once although
     * PyTorch still needs it in the backward pass, so that gradients would occasionally be scaled by freed memory.
     */
    private static NDArray factor(double value, NDArray labels) {
        return labels.getManager().create((float) value);
    }
}
