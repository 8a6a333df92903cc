package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.cli.text.Table.format;

import io.github.collapse4j.certificate.Reason;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Excess;
import io.github.collapse4j.solve.TwinBracket;
import java.util.Optional;

/** A certificate in plain language: what the layer is, why, and what to do next. */
record Diagnosis(LastLayer layer, LastLayerCertificate certificate) {
    /** Up to which relative gap of its own an optimum is named as what the layer is compared with. */
    private static final double TIGHT = 1e-6;

    /** Residuals that rounding leaves at a stationary layer, in units of round-off: the loss's curvature magnifies it. */
    private static final double ROUNDING_MAGNIFIED = 100;

    /** Whether the certified bound is the global minimum of the model, and not only below it. */
    static boolean isTight(Certified certified) {
        TwinBracket twin = certified.twin();
        boolean ofThisDimension = certified.lowerBound().value() > twin.lower().value();
        return ofThisDimension || (isReached(certified) && twin.lower().relativeGap(twin.upper()) <= TIGHT);
    }

    /** Whether layers of this d reach the minimum of the convex twin. */
    static boolean isReached(Certified certified) {
        return certified.twin().isReachedAt(certified.problem().featureDimension());
    }

    /** What the layer is and why. */
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
                            ? "The gradient does not vanish, which the rounding of the arrays alone may explain"
                            : "Training with these penalties has not ended, since the gradient does not vanish",
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

    /** What the bound means where the twin's minimum may be out of reach for this d; empty where it is not. */
    Optional<String> reach() {
        int d = layer.classifier().columns();
        return certificate.certified().flatMap(certified -> {
            TwinBracket twin = certified.twin();
            if (isReached(certified)) {
                return Optional.empty();
            }
            if (certified.lowerBound().value() > twin.lower().value()) {
                return Optional.of(format("The bound is the global minimum of squared error at d = %d.", d));
            }
            String rank = twin.isRankKnown()
                    ? format("%d", twin.rankAtLeast())
                    : format("between %d and %d", twin.rankAtLeast(), twin.rankAtMost());
            String consequence = twin.isOutOfReachAt(d)
                    ? format("none with d = %d reaches it", d)
                    : format("whether one with d = %d reaches it is open", d);
            return Optional.of(format(
                    "The bound is that of the convex twin, whose rank is %s: no layer of any d is lower, but %s. Part of"
                            + " the gap may be what d = %d costs.",
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
            return "Take the samples that the layer was trained on and judge it by the loss it was trained with (--loss); train"
                    + " longer, so that confident mistakes go; or give the penalties of its training with --lambda-w and"
                    + " --lambda-h.";
        }
        return reason() instanceof Reason.NoPenalty
                ? "Give the penalties of its training with --lambda-w and --lambda-h."
                : "Look for entries of extreme size in features, weights and bias.";
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
            return "Train on, or save features and weights in higher precision, until the residuals are smaller.";
        }
        return verdict instanceof Verdict.LocalMinimum || verdict instanceof Verdict.SpuriousLocalMinimum
                ? "More training will not help; other initialisations may end lower."
                : "Train on: the objective falls from a saddle as soon as a step moves along its direction of escape.";
    }

    private String size(Certified certified) {
        int needed = certified.twin().rankAtMost();
        int given = layer.classifier().columns();
        return given > needed
                ? format(" %d feature dimensions hold the optimum; this layer has %d.", needed, given)
                : "";
    }

    private static String largestPart(Excess excess) {
        double largest = Math.max(excess.spread(), Math.max(excess.placement(), excess.betweenClass()));
        double share = 100 * largest / excess.total();
        if (largest == excess.spread()) {
            return format(
                    "The largest part of the excess (%.0f %%) is spread within classes: train the features on (longer, or with"
                            + " a lower learning rate) before touching the head.",
                    share);
        }
        if (largest == excess.placement()) {
            return format(
                    "The largest part of the excess (%.0f %%) is where the class means sit for this head: their size and"
                            + " direction do not match the weights yet; train on.",
                    share);
        }
        return format(
                "The largest part of the excess (%.0f %%) is in the head: directions and norms of the weights are not the"
                        + " optimal ones; train on, or fix the head to the optimum that `solve` gives.",
                share);
    }
}
