package io.github.collapse4j.lastlayer;

import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.Solution;
import java.util.Optional;

/**
 * What a last layer is as a point of the unconstrained feature model (docs/theory.md §8).
 *
 * @param loss the mean loss g, without penalties
 * @param accuracy share of samples whose largest logit is their class's
 * @param implied the penalties that stationarity implies
 * @param lambdaW the λ_W used: given, or implied
 * @param lambdaH the λ_H used: given, or implied
 * @param sigmaMax σ_max(∇g)
 * @param residualW ‖∇gHᵀ + λ_W W‖/(λ_W‖W‖), with the sign of λ_W
 * @param residualH ‖Wᵀ∇g + λ_H H‖/(λ_H‖H‖), with the sign of λ_H
 * @param residualB ‖∇g·1 + λ_b b‖; 0 without bias
 * @param rank numerical rank of W
 * @param effectiveDimension participation ratio {@code (Σs²)²/Σs⁴} of W's singular values
 * @param certified the certificate; empty where a penalty is not positive, so that there is no model to certify in
 */
public record LastLayerCertificate(
        double loss,
        double accuracy,
        ImpliedPenalty implied,
        double lambdaW,
        double lambdaH,
        double sigmaMax,
        double residualW,
        double residualH,
        double residualB,
        int rank,
        double effectiveDimension,
        Optional<Certified> certified) {

    /**
     * The certificate of a layer within the model with its penalties.
     *
     * @param problem the model: class counts, d and penalties
     * @param objective f at the layer, penalties included
     * @param optimum the certified global minimum of the model
     * @param excess how the layer's excess over it splits
     * @param verdict what the point is
     */
    public record Certified(UfmProblem problem, double objective, Solution optimum, Excess excess, Verdict verdict) {
        /** {@code (f − bound)/f}. */
        public double relativeGap() {
            return optimum.lowerBound().relativeGap(objective);
        }
    }

    /**
     * The excess of a layer over the certified lower bound, in parts that are not negative (but for round-off) and add up
     * to it.
     *
     * @param spread what moving every feature to its class mean saves (within-class variability)
     * @param placement what moving the class means to the best features for this W and b saves
     * @param betweenClass what remains: the excess of the best class-constant features for this W and b
     */
    public record Excess(double spread, double placement, double betweenClass) {
        /** What replacing each feature by the best class-constant one saves. */
        public double withinClass() {
            return spread + placement;
        }

        public double total() {
            return withinClass() + betweenClass;
        }
    }

    /** √(λ_W λ_H), or the negative implied μ; NaN where given penalties do not allow one. */
    public double mu() {
        return lambdaW > 0 && lambdaH > 0 ? Math.sqrt(lambdaW) * Math.sqrt(lambdaH) : implied.mu();
    }

    /** σ_max(∇g)/μ: 1 at an optimum other than zero; negative where the implied μ is. */
    public double sigmaOverMu() {
        return sigmaMax / mu();
    }

    /** The verdict; {@link Verdict.Undecided} where there is no certificate. */
    public Verdict verdict() {
        return certified.map(Certified::verdict).orElseGet(() -> LayerVerdict.withoutModel(implied));
    }
}
