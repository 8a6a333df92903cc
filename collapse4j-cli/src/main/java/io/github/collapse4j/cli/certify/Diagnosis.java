package io.github.collapse4j.cli.certify;

import static io.github.collapse4j.cli.text.Table.format;

import io.github.collapse4j.certificate.Reason;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.lastlayer.NonnegativeOptimum;
import io.github.collapse4j.solve.TwinBracket;
import java.util.Optional;

/**
 * A certificate in plain language: the verdict and the reason.
 *
 * @param featureDimension d of the layer
 * @param unitRoundOff that of its arrays as they are stored
 */
record Diagnosis(LastLayerCertificate certificate, int featureDimension, double unitRoundOff) {
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
                    open.residuals().largest() <= ROUNDING_MAGNIFIED * unitRoundOff
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
        int d = featureDimension;
        return certificate.certified().flatMap(certified -> {
            TwinBracket twin = certified.twin();
            if (isReached(certified)) {
                return Optional.empty();
            }
            if (certified.nonnegative().isPresent()) {
                return Optional.of(format(
                        "The bound holds for any d. It is attained with %,d dimensions: part of the gap may be the cost of"
                                + " d = %,d.",
                        certified.nonnegative().get().neededWidth(), d));
            }
            if (certified.lowerBound().value() > twin.lower().value()) {
                return Optional.of(format("The bound is the global minimum of squared error at d = %,d.", d));
            }
            String rank = twin.isRankKnown()
                    ? format("%,d", twin.rankAtLeast())
                    : format("between %,d and %,d", twin.rankAtLeast(), twin.rankAtMost());
            String consequence = twin.isOutOfReachAt(d)
                    ? format("none with d = %,d reaches it", d)
                    : format("whether one with d = %,d reaches it is undecided", d);
            return Optional.of(format(
                    "The bound is that of the convex twin, whose rank is %s: no layer of any d is lower, but %s. Part of"
                            + " the gap may be the cost of d = %,d.",
                    rank, consequence, d));
        });
    }
}
