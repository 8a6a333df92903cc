package io.github.collapse4j.lastlayer;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Reason;
import io.github.collapse4j.certificate.Residuals;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.model.Bias;
import java.util.OptionalDouble;

/**
 * The certificate of a last layer with a target for each sample (docs/theory.md §10).
 *
 * @param summary the targets
 * @param featureDimension d
 * @param loss g
 * @param accuracy share of the samples whose largest logit is that of the largest target
 * @param sigmaMax an upper bound on σ_max(∇g)
 * @param certification the comparison with the model's optimum, or why there is none
 */
public record TargetLayerCertificate(
        TargetSummary summary,
        int featureDimension,
        double loss,
        double accuracy,
        ImpliedPenalty implied,
        Penalties penalties,
        double sigmaMax,
        Certification certification) {
    /** Whether the layer can be compared with a model. */
    public sealed interface Certification {
        Verdict verdict();
    }

    /**
     * A comparison with the global minimum of the model.
     *
     * @param bias as in the model
     * @param objective f at the layer
     * @param gaugeOverMu σ_max(∇g)/μ, at most 1 at a global minimum
     * @param bound the best certified lower bound
     * @param optimum a value attained by the solver, for any feature dimension; empty if the distinct targets are too
     *     many to solve the model, and the bound is that of the layer's own dual point
     */
    public record Certified(
            Bias bias,
            double objective,
            double gaugeOverMu,
            Residuals residuals,
            LowerBound bound,
            OptionalDouble optimum,
            Verdict verdict)
            implements Certification {
        /** The relative excess over the bound, at least 0. */
        public double relativeGap() {
            return Math.max(0, bound.relativeGap(objective));
        }
    }

    /** No model has these penalties. */
    public record Uncertified(Reason reason) implements Certification {
        @Override
        public Verdict verdict() {
            return new Verdict.Undecided(reason);
        }
    }

    /** The verdict on the layer. */
    public Verdict verdict() {
        return certification.verdict();
    }
}
