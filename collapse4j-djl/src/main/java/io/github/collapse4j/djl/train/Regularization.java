package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.CollapseMeter;
import io.github.collapse4j.djl.FeatureTap;
import io.github.collapse4j.djl.UfmLoss;
import io.github.collapse4j.djl.optim.Penalties;
import io.github.collapse4j.model.Loss;
import java.util.Map;

/** The penalties of a training. */
public sealed interface Regularization {
    /** The λ of each parameter. */
    Penalties penalties(FeatureTap network);

    /** The loss of a batch, with any penalty on the features of all N samples. */
    UfmLoss loss(UfmLoss data, long samples);

    /** The objective that the last layer is judged by. */
    CollapseMeter.Options meterOptions(Loss loss, long samples);

    /** The largest λ of a parameter; the one on features acts through others. */
    double largest();

    /** Adds its fields to the identity in a checkpoint. */
    void identify(Map<String, String> fields);

    /**
     * {@code λ/2·‖θ‖²} on all parameters of the network, as in practice. The features are constrained only through the
     * weights that produce them, so the model's λ_H is unknown: balance determines it, or it must be implied
     * (docs/theory.md §8).
     */
    record WeightDecay(double lambda) implements Regularization {
        public WeightDecay {
            requireNotNegative("weight decay", lambda);
        }

        @Override
        public Penalties penalties(FeatureTap network) {
            return Penalties.uniform(network, lambda);
        }

        @Override
        public UfmLoss loss(UfmLoss data, long samples) {
            return data;
        }

        @Override
        public CollapseMeter.Options meterOptions(Loss loss, long samples) {
            return CollapseMeter.Options.of(loss);
        }

        @Override
        public double largest() {
            return lambda;
        }

        @Override
        public void identify(Map<String, String> fields) {
            fields.put("penalties", "weight decay");
            fields.put("lambda", TrainingIdentity.number(lambda));
        }
    }

    /**
     * {@code λ_W/2·‖W‖² + λ_H/2·‖H‖² + λ_b/2·‖b‖²}, the model's own penalties (docs/theory.md §1), so that a
     * certificate with these λ applies to the function that was trained.
     *
     * @param lambdaW λ_W &gt; 0
     * @param lambdaH λ_H &gt; 0, on the sum over all N training samples
     * @param lambdaB λ_b ≥ 0
     * @param ofBody λ of the body's parameters; a value above 0 adds a term that the model lacks
     */
    record Explicit(double lambdaW, double lambdaH, double lambdaB, double ofBody) implements Regularization {
        public Explicit {
            requirePositive("lambdaW", lambdaW);
            requirePositive("lambdaH", lambdaH);
            requireNotNegative("lambdaB", lambdaB);
            requireNotNegative("ofBody", ofBody);
        }

        @Override
        public Penalties penalties(FeatureTap network) {
            return Penalties.explicit(network, lambdaW, lambdaB, ofBody);
        }

        @Override
        public UfmLoss loss(UfmLoss data, long samples) {
            return data.penalized(lambdaH, samples);
        }

        @Override
        public CollapseMeter.Options meterOptions(Loss loss, long samples) {
            return CollapseMeter.Options.of(loss, lambdaW, lambdaH, lambdaB, samples);
        }

        @Override
        public double largest() {
            return Math.max(lambdaW, Math.max(lambdaB, ofBody));
        }

        @Override
        public void identify(Map<String, String> fields) {
            fields.put("penalties", "model");
            fields.put("lambdaW", TrainingIdentity.number(lambdaW));
            fields.put("lambdaH", TrainingIdentity.number(lambdaH));
            fields.put("lambdaB", TrainingIdentity.number(lambdaB));
            fields.put("lambda of the body", TrainingIdentity.number(ofBody));
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + ": expected a finite number above 0, found " + value);
        }
    }

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + ": expected a finite number of at least 0, found " + value);
        }
    }
}
