package io.github.collapse4j.lastlayer;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Reason;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.TwinBracket;
import java.util.Optional;

/**
 * What a last layer is as a point of the unconstrained feature model (docs/theory.md §8).
 *
 * @param counts samples of each class
 * @param loss the mean loss g, without penalties
 * @param accuracy share of samples whose largest logit is their class's
 * @param implied the penalties that stationarity implies
 * @param lambdaW the λ_W used: given, or implied
 * @param lambdaH the λ_H used: given, or implied
 * @param sigmaMax σ_max(∇g), or a number that it is not below
 * @param sigmaIsExact whether {@code sigmaMax} is σ_max itself; with more than a thousand classes it is an estimate from below
 * @param residualW stationarity of W as in {@link Residuals}; not a number where a penalty is not positive
 * @param residualH that of the features
 * @param residualB that of the bias; 0 without bias
 * @param rank numerical rank of W
 * @param effectiveDimension participation ratio {@code (Σs²)²/Σs⁴} of W's singular values
 * @param certification the certificate, or why there is none
 */
public record LastLayerCertificate(
        ClassCounts counts,
        double loss,
        double accuracy,
        ImpliedPenalty implied,
        double lambdaW,
        double lambdaH,
        double sigmaMax,
        boolean sigmaIsExact,
        double residualW,
        double residualH,
        double residualB,
        int rank,
        double effectiveDimension,
        Certification certification) {

    /** What can be certified of a layer. */
    public sealed interface Certification {
        /** What the layer is. */
        Verdict verdict();
    }

    /** Nothing: there is no model to compare with. */
    public record Uncertified(Reason reason) implements Certification {
        @Override
        public Verdict verdict() {
            return new Verdict.Undecided(reason);
        }
    }

    /**
     * The certificate of a layer within the model with its penalties.
     *
     * @param problem the model: class counts, d and penalties
     * @param objective f at the layer, penalties included
     * @param lowerBound certified: no layer of this model is lower
     * @param twin where the minimum of the convex twin is, from which the bound comes
     * @param excess how the layer's excess over it splits
     * @param verdict what the point is
     */
    public record Certified(
            UfmProblem problem,
            double objective,
            LowerBound lowerBound,
            TwinBracket twin,
            Excess excess,
            Verdict verdict)
            implements Certification {
        /** {@code (f − bound)/f}; 0 where round-off in the sum f is all that puts it below the bound. */
        public double relativeGap() {
            return Math.max(0, lowerBound.relativeGap(objective));
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
        private static final double ROUND_OFF = 1e-11;

        /** What replacing each feature by the best class-constant one saves. */
        public double withinClass() {
            return spread + placement;
        }

        public double total() {
            return withinClass() + betweenClass;
        }

        /** Whether it is more than the round-off of an objective of this size, so that its parts mean something. */
        public boolean isMeaningful(double objective) {
            return total() > ROUND_OFF * objective;
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

    /** The certificate, empty where there is no model to certify in. */
    public Optional<Certified> certified() {
        return certification instanceof Certified certified ? Optional.of(certified) : Optional.empty();
    }

    /** What the layer is; {@link Verdict.Undecided} where there is no certificate. */
    public Verdict verdict() {
        return certification.verdict();
    }
}
