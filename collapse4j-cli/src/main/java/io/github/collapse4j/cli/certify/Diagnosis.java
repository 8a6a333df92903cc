package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.cli.text.Table.format;

import io.github.collapse4j.certificate.Reason;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Excess;
import io.github.collapse4j.lastlayer.NonnegativeOptimum;
import io.github.collapse4j.solve.TwinBracket;
import java.util.Optional;

/** A certificate in plain language: the verdict, the reason, and what to do next. */
record Diagnosis(LastLayer layer, LastLayerCertificate certificate) {
    /** Maximum relative gap of an optimum itself for it to be called the global minimum. */
    private static final double TIGHT = 1e-6;

    /**
     * Residuals that rounding leaves at a stationary layer, in units of round-off; the loss's curvature magnifies it.
     */
    private static final double ROUNDING_MAGNIFIED = 100;

    /** Whether the certified bound is the global minimum of the model, not just below it. */
    static boolean isTight(Certified certified) {
        if (certified.nonnegative().isPresent()) {
            NonnegativeOptimum optimum = certified.nonnegative().get();
            return isReached(certified) && optimum.lowerBound().relativeGap(optimum.objective()) <= TIGHT;
        }
        TwinBracket twin = certified.twin();
        boolean ofThisDimension = certified.lowerBound().value() > twin.lower().value();
        return ofThisDimension || (isReached(certified) && twin.lower().relativeGap(twin.upper()) <= TIGHT);
    }

    /** Whether layers of this d reach the minimum over all d, in the domain of the features. */
    static boolean isReached(Certified certified) {
        int d = certified.problem().featureDimension();
        return certified
                .nonnegative()
                .map(optimum -> d >= optimum.neededWidth())
                .orElseGet(() -> certified.twin().isReachedAt(d));
    }

    /** The verdict and the reason. */
    String verdict() {
        return certificate
                .certified()
                .map(this::certifiedVerdict)
                .orElseGet(() -> format("No optimum to compare with: %s.", reason().words()));
    }

    private Reason reason() {
        return ((Verdict.Undecided) certificate.verdict()).reason();
    }

    private String certifiedVerdict(Certified certified) {
        double share = 100 * certified.relativeGap();
        Verdict verdict = certified.verdict();
        String numbers = verdict.explanation();
        if (verdict instanceof Verdict.GlobalMinimum) {
            return format("Globally optimal to within %.3g %%: %s.", share, numbers);
        }
        if (verdict instanceof Verdict.NotCritical open) {
            String excess = isTight(certified)
                    ? format(
                            "Not optimal: %.4g %% of the objective is excess over the certified global minimum.", share)
                    : format(
                            "Not stationary: at most %.4g %% of the objective is excess over the global minimum.",
                            share);
            return format(
                    "%s %s: relative residuals W %s, H %s and b %s, tolerance %.1g.",
                    excess,
                    open.residuals().largest() <= ROUNDING_MAGNIFIED * layer.unitRoundOff()
                            ? "The gradient does not vanish, which rounding of the arrays alone may explain"
                            : "Training with these penalties has not converged, since the gradient does not vanish",
                    residual(open.residuals().classifier()),
                    residual(open.residuals().features()),
                    residual(open.residuals().bias()),
                    open.tolerance());
        }
        if (verdict instanceof Verdict.LocalMinimum) {
            return format("Stationary, and perhaps optimal: %s.", numbers);
        }
        if (verdict instanceof Verdict.Undecided) {
            return format("Stationary to within the noise: %s.", numbers);
        }
        return format("Stationary but not optimal: %s.", numbers);
    }

    private static String residual(double value) {
        return Double.isFinite(value) ? format("%.3g", value) : "too large for double precision";
    }

    /** What a ReLU before the layer costs; empty for features of both signs. */
    Optional<String> domain() {
        return certificate
                .certified()
                .flatMap(certified -> certified.nonnegative().map(optimum -> {
                    double free = certified.twin().upper();
                    double cost = optimum.objective() - free;
                    String dead = optimum.deadClasses().length == 0
                            ? ""
                            : format(
                                    " The features of %d of the %d classes are zero.",
                                    optimum.deadClasses().length,
                                    certified.problem().classes());
                    return format(
                            "No feature is negative, as after a ReLU: the layer is compared with the best that such features can"
                                    + " attain, %.6g; without the ReLU it would be %.6g, %.3g %% lower.%s",
                            optimum.objective(), free, Math.max(0, 100 * cost / optimum.objective()), dead);
                }));
    }

    /** The meaning of the bound if the twin's minimum may be out of reach for this d; otherwise empty. */
    Optional<String> reach() {
        int d = layer.classifier().columns();
        return certificate.certified().flatMap(certified -> {
            TwinBracket twin = certified.twin();
            if (isReached(certified)) {
                return Optional.empty();
            }
            if (certified.nonnegative().isPresent()) {
                return Optional.of(format(
                        "The bound holds for any d. It is attained with %d dimensions: part of the gap may be the cost of"
                                + " d = %d.",
                        certified.nonnegative().get().neededWidth(), d));
            }
            if (certified.lowerBound().value() > twin.lower().value()) {
                return Optional.of(format("The bound is the global minimum of squared error at d = %d.", d));
            }
            String rank = twin.isRankKnown()
                    ? format("%d", twin.rankAtLeast())
                    : format("between %d and %d", twin.rankAtLeast(), twin.rankAtMost());
            String consequence = twin.isOutOfReachAt(d)
                    ? format("none with d = %d reaches it", d)
                    : format("whether one with d = %d reaches it is undecided", d);
            return Optional.of(format(
                    "The bound is that of the convex twin, whose rank is %s: no layer of any d is lower, but %s. Part of"
                            + " the gap may be the cost of d = %d.",
                    rank, consequence, d));
        });
    }

    /** What to do next. */
    String advice() {
        return certificate
                .certified()
                .map(certified -> certifiedAdvice(certified) + size(certified))
                .orElseGet(this::adviceWithoutModel);
    }

    private String adviceWithoutModel() {
        if (reason() instanceof Reason.OtherSamples) {
            return "Use the samples that the layer was trained on and the loss it was trained with (--loss); train"
                    + " longer, to remove confident mistakes; or pass the penalties of its training with --lambda-w and"
                    + " --lambda-h.";
        }
        return reason() instanceof Reason.NoPenalty
                ? "Pass the penalties of its training with --lambda-w and --lambda-h."
                : "Look for extreme entries in features, weights and bias.";
    }

    private String certifiedAdvice(Certified certified) {
        Verdict verdict = certified.verdict();
        if (verdict instanceof Verdict.GlobalMinimum) {
            return "Nothing to gain in the last layer.";
        }
        if (verdict instanceof Verdict.NotCritical) {
            return largestPart(certified.excess());
        }
        if (verdict instanceof Verdict.Undecided) {
            return "Continue training, or save features and weights in higher precision, until residuals are smaller.";
        }
        return verdict instanceof Verdict.LocalMinimum || verdict instanceof Verdict.SpuriousLocalMinimum
                ? "More training will not help; other initialisations may end lower."
                : "Continue training: the objective falls as soon as a step moves along the escape direction.";
    }

    private String size(Certified certified) {
        int needed = certified
                .nonnegative()
                .map(NonnegativeOptimum::neededWidth)
                .orElseGet(() -> certified.twin().rankAtMost());
        int given = layer.classifier().columns();
        return given > needed ? format(" %d feature dimensions suffice; this layer has %d.", needed, given) : "";
    }

    private static String largestPart(Excess excess) {
        double largest = Math.max(excess.spread(), Math.max(excess.placement(), excess.betweenClass()));
        double share = 100 * largest / excess.total();
        if (largest == excess.spread()) {
            return format(
                    "The largest part of the excess (%.0f %%) is spread within classes: continue training the features"
                            + " (longer, or with a lower learning rate) before changing the head.",
                    share);
        }
        if (largest == excess.placement()) {
            return format(
                    "The largest part of the excess (%.0f %%) is in the position of the class means for this head:"
                            + " their norm and direction do not match the weights yet; continue training.",
                    share);
        }
        return format(
                "The largest part of the excess (%.0f %%) is in the head: directions and norms of the weights are not"
                        + " optimal; continue training, or fix the head to the optimum from `solve`.",
                share);
    }
}
