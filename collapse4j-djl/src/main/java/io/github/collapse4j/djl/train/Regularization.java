package io.github.collapse4j.djl.train;

/** What is penalised in training. */
public sealed interface Regularization {
    /**
     * {@code λ/2·‖θ‖²} of all parameters of the network: what practice does. The features are held down only through the
     * weights that make them, so λ_H of the model is not known and has to be implied (docs/theory.md §8).
     */
    record WeightDecay(double lambda) implements Regularization {
        public WeightDecay {
            requireNotNegative("weight decay", lambda);
        }
    }

    /**
     * {@code λ_W/2·‖W‖² + λ_H/2·‖H‖² + λ_b/2·‖b‖²}, the model's own penalties (docs/theory.md §1), so that a certificate
     * with these λ's is about the function that was trained.
     *
     * @param lambdaW λ_W &gt; 0
     * @param lambdaH λ_H &gt; 0, of the sum over all N training samples
     * @param lambdaB λ_b ≥ 0
     * @param ofBody what the parameters before the features have; every λ above 0 is a term the model does not know
     */
    record Explicit(double lambdaW, double lambdaH, double lambdaB, double ofBody) implements Regularization {
        public Explicit {
            requirePositive("lambdaW", lambdaW);
            requirePositive("lambdaH", lambdaH);
            requireNotNegative("lambdaB", lambdaB);
            requireNotNegative("ofBody", ofBody);
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + ": expected a finite number above 0, found " + value);
        }
    }

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + ": expected a finite number from 0 on, found " + value);
        }
    }
}
