package io.github.collapse4j.model;

import java.io.Serializable;

/**
 * The unconstrained feature model (docs/theory.md §1): minimise {@code g(WH, b) + λ_W/2·‖W‖² + λ_H/2·‖H‖² + λ_b/2·‖b‖²}
 * over W (K×d), H (d×N) and b (K), where {@code g} is the mean loss over the samples.
 *
 * @param loss the loss of a sample
 * @param counts number of samples of each class; at least two classes
 * @param featureDimension d, at least 1
 * @param lambdaW λ_W &gt; 0
 * @param lambdaH λ_H &gt; 0
 * @param bias none, free or regularised
 */
public record UfmProblem(Loss loss, ClassCounts counts, int featureDimension, double lambdaW, double lambdaH, Bias bias)
        implements Serializable {
    public UfmProblem {
        if (counts.classes() < 2) {
            throw new IllegalArgumentException("counts: expected at least 2 classes, found " + counts.classes());
        }
        if (featureDimension < 1) {
            throw new IllegalArgumentException("featureDimension: expected at least 1, found " + featureDimension);
        }
        requirePositive("lambdaW", lambdaW);
        requirePositive("lambdaH", lambdaH);
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + ": expected a finite number above 0, found " + value);
        }
    }

    /** K. */
    public int classes() {
        return counts.classes();
    }

    /** {@code μ = √(λ_W λ_H)}, the threshold of the certificate (§4). */
    public double mu() {
        return Math.sqrt(lambdaW) * Math.sqrt(lambdaH);
    }

    /** The same problem with another feature dimension. */
    public UfmProblem withFeatureDimension(int d) {
        return new UfmProblem(loss, counts, d, lambdaW, lambdaH, bias);
    }

    /**
     * The largest rank of a critical point at any feature dimension (§3): K − 1 if the gradient annihilates the vector
     * of ones, otherwise K.
     */
    public int maximalRank() {
        boolean centred = loss.isShiftInvariant() || bias instanceof Bias.Free;
        return centred ? classes() - 1 : classes();
    }

    /**
     * Whether a theorem of docs/theory.md §4 excludes non-global minima at this d: cross-entropy at d ≥ K − 1, squared
     * error with a regularised bias at d ≥ K, and squared error with no bias or a free one at every d.
     */
    public boolean hasBenignLandscape() {
        boolean closedForm = !loss.isShiftInvariant() && !(bias instanceof Bias.Regularised);
        return closedForm || featureDimension >= maximalRank();
    }
}
