package io.github.collapse4j.cli;

import static io.github.collapse4j.cli.Table.format;

import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Excess;
import io.github.collapse4j.solve.TwinBracket;
import java.util.Optional;

/** A certificate in plain language: what the layer is, why, and what to do next. */
record Diagnosis(LastLayer layer, LastLayerCertificate certificate) {

    /** What the layer is and why. */
    String verdict() {
        return certificate
                .certified()
                .map(this::certifiedVerdict)
                .orElseGet(() -> format(
                        "No optimum to compare with: smaller logits would lower the loss even without any weight decay"
                                + " (⟨∇g, WH⟩ = %.3g > 0), so only a negative decay would make this layer stationary"
                                + " (implied μ = %.3g).",
                        -certificate.implied().lambdaW()
                                * Math.pow(layer.classifier().norm(), 2),
                        certificate.implied().mu()));
    }

    private String certifiedVerdict(Certified certified) {
        double share = 100 * certified.relativeGap();
        String numbers = certified.verdict().explanation();
        if (certified.verdict() instanceof Verdict.GlobalMinimum) {
            return format("Globally optimal to within %.3g %%: %s.", share, numbers);
        }
        if (certified.verdict() instanceof Verdict.NotCritical) {
            return format(
                    "Not optimal: %.4g %% of the objective is excess over the certified %s. The layer is %s.",
                    share,
                    certified.twin().isReachedAt(layer.classifier().columns()) ? "global minimum" : "lower bound",
                    numbers);
        }
        return format("Stationary but not optimal: %s.", numbers);
    }

    /** What the bound means where the twin's minimum may be out of reach for this d; empty where it is not. */
    Optional<String> reach() {
        int d = layer.classifier().columns();
        return certificate.certified().flatMap(certified -> {
            TwinBracket twin = certified.twin();
            if (twin.isReachedAt(d)) {
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
        if (certificate.certified().isEmpty()) {
            return "Judge the layer by the loss it was trained with (--loss); train longer, so that confident mistakes go; or"
                    + " give the penalties of its training with --lambda-w and --lambda-h.";
        }
        Certified certified = certificate.certified().orElseThrow();
        int needed = certified.twin().rankAtMost();
        String size = layer.classifier().columns() > needed
                ? format(
                        " %d feature dimensions hold the optimum; this layer has %d.",
                        needed, layer.classifier().columns())
                : "";
        if (certified.verdict() instanceof Verdict.GlobalMinimum) {
            return "Nothing to gain in the last layer." + size;
        }
        return largestPart(certified.excess()) + size;
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
