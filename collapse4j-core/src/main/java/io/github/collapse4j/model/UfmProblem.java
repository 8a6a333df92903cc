package io.github.collapse4j.model;

import java.io.Serializable;

/**
 * The unconstrained feature model (docs/theory.md §1): minimise over W (K×d), H (d×N) and b (K)
 * {@code g(WH, b) + λ_W/2·‖W‖² + λ_H/2·‖H‖² + λ_b/2·‖b‖²}, with {@code g} the mean loss over the samples. Samples come in M
 * groups of equal targets: as a rule the classes, and M = K.
 *
 * @param loss the loss of a sample
 * @param counts samples of each group, of at least two if they are classes: one class leaves nothing to tell apart
 * @param featureDimension d, at least 1
 * @param lambdaW λ_W &gt; 0
 * @param lambdaH λ_H &gt; 0
 * @param bias none, free or regularised
 */
public record UfmProblem(Loss loss, ClassCounts counts, int featureDimension, double lambdaW, double lambdaH, Bias bias)
        implements Serializable {
    public UfmProblem {
        loss.check(counts, bias instanceof Bias.Free);
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

    /** K: the classes, or outputs. */
    public int classes() {
        return loss.outputs(counts.classes());
    }

    /** M: the groups of samples of equal targets, K classes as a rule. */
    public int groups() {
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
     * d*, the largest rank a critical point can have at any feature dimension (§3): min(K, M), where the gradient annihilates
     * the vector of ones min(K − 1, M), where it annihilates the one of √n_m min(K, M − 1), and so on.
     */
    public int maximalRank() {
        int ofRows = loss.isShiftInvariant() ? classes() - 1 : classes();
        int ofColumns = bias instanceof Bias.Free ? groups() - 1 : groups();
        return Math.min(ofRows, ofColumns);
    }

    /** Whether the global minimum of every feature dimension is a decomposition of the targets (§4, §6). */
    public boolean hasClosedFormAtEveryDimension() {
        return loss.isIsotropic() && !(bias instanceof Bias.Regularised);
    }

    /**
     * Whether a theorem of docs/theory.md §4 excludes minima that are not global for this d: d ≥ {@link #maximalRank()}, or
     * squared error with equal weights, without or with a free bias, at every d.
     */
    public boolean hasBenignLandscape() {
        return hasClosedFormAtEveryDimension() || featureDimension >= maximalRank();
    }
}
