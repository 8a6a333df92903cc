package io.github.collapse4j.lastlayer;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Reason;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.TwinBracket;
import java.util.Locale;
import java.util.Optional;

/**
 * A last layer as a point of the unconstrained feature model (docs/theory.md §8).
 *
 * @param counts samples of each class
 * @param loss the mean loss g, without penalties
 * @param accuracy share of samples classified correctly by the largest logit
 * @param implied the penalties that stationarity implies
 * @param penalties the penalties used
 * @param sigmaMax σ_max(∇g), or a lower bound on it
 * @param sigmaIsExact whether {@code sigmaMax} is σ_max itself; with more than a thousand classes it is an estimate
 *     from below
 * @param residualW stationarity of W as in {@link io.github.collapse4j.certificate.Residuals}; NaN if a penalty is not positive
 * @param residualH stationarity of the features
 * @param residualB stationarity of the bias; 0 without a bias
 * @param rank numerical rank of W
 * @param effectiveDimension participation ratio {@code (Σs²)²/Σs⁴} of W's singular values
 * @param certification the certificate, or the reason why there is none
 */
public record LastLayerCertificate(
        ClassCounts counts,
        double loss,
        double accuracy,
        ImpliedPenalty implied,
        Penalties penalties,
        double sigmaMax,
        boolean sigmaIsExact,
        double residualW,
        double residualH,
        double residualB,
        int rank,
        double effectiveDimension,
        Certification certification) {

    /** What can be certified about a layer. */
    public sealed interface Certification {
        /** The verdict on the layer. */
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
     * @param objective f at the layer, including penalties
     * @param lowerBound certified: no layer of this model is lower
     * @param twin the bracket of the convex twin's minimum, from which the bound comes
     * @param excess decomposition of the layer's excess over the bound
     * @param verdict the verdict on the layer
     * @param nonnegative the optimum under the constraint H ≥ 0 that the layer's features satisfy, against which it is
     *     then judged; empty for free features
     */
    public record Certified(
            UfmProblem problem,
            double objective,
            LowerBound lowerBound,
            TwinBracket twin,
            Excess excess,
            Verdict verdict,
            Optional<NonnegativeOptimum> nonnegative)
            implements Certification {
        /** {@code (f − bound)/f}; 0 if only round-off in the sum f puts it below the bound. */
        public double relativeGap() {
            return Math.max(0, lowerBound.relativeGap(objective));
        }
    }

    /**
     * The excess of a layer over the certified lower bound, decomposed into parts that are nonnegative (up to
     * round-off) and add up to it.
     *
     * @param spread savings from moving every feature to its class mean (within-class variability)
     * @param placement savings from moving the class means to the best features for this W and b
     * @param betweenClass the rest: the excess of the best class-constant features for this W and b
     */
    public record Excess(double spread, double placement, double betweenClass) {
        private static final double ROUND_OFF = 1e-11;

        /** Savings from replacing each feature by the best class-constant one. */
        public double withinClass() {
            return spread + placement;
        }

        public double total() {
            return withinClass() + betweenClass;
        }

        /** Whether it exceeds the round-off of an objective of this size, so that its parts are meaningful. */
        public boolean isMeaningful(double objective) {
            return total() > ROUND_OFF * objective;
        }
    }

    /** The verdict, and the main figures. */
    @Override
    public String toString() {
        String figures = certified()
                .map(certified -> String.format(
                        Locale.ROOT,
                        ", objective %.6g, lower bound %.6g, relative gap %.2e",
                        certified.objective(),
                        certified.lowerBound().value(),
                        certified.relativeGap()))
                .orElse("");
        return String.format(
                Locale.ROOT,
                "%s: %s, loss %.6g, accuracy %.6g, μ %.6g%s",
                verdict().name(),
                counts,
                loss,
                accuracy,
                mu(),
                figures);
    }

    /** The λ_W used. */
    public double lambdaW() {
        return penalties.lambdaW();
    }

    /** The λ_H used. */
    public double lambdaH() {
        return penalties.lambdaH();
    }

    /** √(λ_W λ_H), or the negative implied μ; NaN if given penalties do not allow one. */
    public double mu() {
        return lambdaW() > 0 && lambdaH() > 0 ? Math.sqrt(lambdaW()) * Math.sqrt(lambdaH()) : implied.mu();
    }

    /** σ_max(∇g)/μ: 1 at an optimum other than zero; negative if the implied μ is. */
    public double sigmaOverMu() {
        return sigmaMax / mu();
    }

    /** The certificate; empty if there is no model to certify in. */
    public Optional<Certified> certified() {
        return certification instanceof Certified certified ? Optional.of(certified) : Optional.empty();
    }

    /** The verdict on the layer; {@link Verdict.Undecided} without a certificate. */
    public Verdict verdict() {
        return certification.verdict();
    }
}
