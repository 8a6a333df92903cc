package io.github.collapse4j.plan;

import io.github.collapse4j.model.TrainingLoss;
import java.util.Arrays;
import java.util.function.DoubleFunction;

/** Finds what makes the margins of frequent and rare classes equal at the optimum of a setting (docs/theory.md §12). */
public final class EqualMargins {
    /** The difference, relative to the largest margin, up to which margins count as equal. */
    private static final double TOLERANCE = 1e-10;

    /** The tolerance of a verdict. */
    private static final double MAX_GAP = 1e-8;

    private static final double MAX_ADJUSTMENT = 64;
    private static final int MAX_STEPS = 200;

    private final PlanSetting setting;
    private final TrainingLoss loss;

    /** Starts from a loss, of which one thing is changed. */
    public EqualMargins(PlanSetting setting, TrainingLoss loss) {
        this.setting = setting;
        this.loss = loss;
    }

    /** What was found. */
    public sealed interface Outcome {}

    /**
     * Equal margins.
     *
     * @param loss the loss that has them
     * @param outlook its optimum
     */
    public record Found(TrainingLoss loss, Outlook outlook) implements Outcome {}

    /**
     * None.
     *
     * @param reason why, as the end of a sentence
     */
    public record NotFound(String reason) implements Outcome {}

    /** The τ of logit adjustment at which the margins of the most frequent and of the rarest classes are the same. */
    public Outcome adjustment() {
        if (loss.kind() != TrainingLoss.Kind.SOFTMAX) {
            return new NotFound("logit adjustment is for softmax losses");
        }
        Outlook plain = setting.outlook(loss.withLogitAdjustment(0));
        if (plain.groups() == 1) {
            return new NotFound("all classes are alike");
        }
        if (plain.fates()[plain.groups() - 1].isOne()) {
            return new NotFound("the rarest classes are one at this μ, which no offset changes");
        }
        DoubleFunction<Outlook> at = tau -> setting.outlook(loss.withLogitAdjustment(tau));
        double low = 0;
        double ofLow = lead(plain);
        double high = ofLow > 0 ? 1 : -1;
        double ofHigh = lead(at.apply(high));
        while (ofHigh * ofLow > 0 && Math.abs(high) < MAX_ADJUSTMENT) {
            low = high;
            ofLow = ofHigh;
            high *= 2;
            ofHigh = lead(at.apply(high));
        }
        if (ofHigh * ofLow > 0) {
            return new NotFound("the same classes are ahead at τ = 0 and " + (high < 0 ? "−1, −2, −4" : "1, 2, 4")
                    + ", … up to " + high);
        }
        return between(at, low, ofLow, high, ofHigh);
    }

    /** Regula falsi that halves the value of an end that stays (Illinois). */
    private Outcome between(DoubleFunction<Outlook> at, double first, double ofFirst, double second, double ofSecond) {
        double low = first;
        double ofLow = ofFirst;
        double high = second;
        double ofHigh = ofSecond;
        for (int step = 0; step < MAX_STEPS; step++) {
            double tau = ofLow == ofHigh ? low : (low * ofHigh - high * ofLow) / (ofHigh - ofLow);
            Outlook outlook = at.apply(tau);
            double lead = lead(outlook);
            if (Math.abs(lead) <= tolerance(outlook)) {
                double margin = outlook.margins()[0];
                return margin > 0
                        ? found(loss.withLogitAdjustment(tau), outlook)
                        : new NotFound("the margins of the most frequent and the rarest classes meet at τ = " + tau
                                + ", where both are " + margin);
            }
            if (lead * ofHigh < 0) {
                low = high;
                ofLow = ofHigh;
            } else {
                ofLow /= 2;
            }
            high = tau;
            ofHigh = lead;
        }
        return new NotFound("the margins jump past each other at τ = " + high);
    }

    private static Outcome found(TrainingLoss loss, Outlook outlook) {
        double gap = outlook.twin().relativeGap();
        return gap <= MAX_GAP
                ? new Found(loss, outlook)
                : new NotFound("the optimum that has equal margins is certified only to a relative gap of " + gap);
    }

    /** By how much the margin of the most frequent classes exceeds that of the rarest. */
    private static double lead(Outlook outlook) {
        double[] margins = outlook.margins();
        return margins[0] - margins[margins.length - 1];
    }

    private static double tolerance(Outlook outlook) {
        return TOLERANCE * Math.max(1, Arrays.stream(outlook.margins()).max().orElseThrow());
    }

    /**
     * The class weights at which all margins are the same: those of the most frequent classes are 1. Broyden's method from
     * weights ∝ 1/√n, which equalise the μ at which groups merge.
     */
    public Outcome weights() {
        TrainingLoss start = loss.withClassWeights(ClassWeights.inverseRoots(setting.counts()));
        Outlook before = setting.outlook(start);
        if (before.groups() == 1) {
            return new NotFound("all classes are alike");
        }
        if (Arrays.stream(before.fates()).anyMatch(Outlook.Fate::isOne)) {
            return new NotFound(
                    "weights ∝ 1/√n merge some classes at this μ, and where every class has an equal no weights do better");
        }
        MarginEquations equations =
                new MarginEquations(setting, loss, before.twin().groups());
        return new Broyden(MAX_STEPS, tolerance(before))
                .solve(equations::leads, equations.logarithms(start))
                .map(x -> found(equations.loss(x), equations.outlook(x)))
                .orElseGet(() -> new NotFound("no weights were found in " + MAX_STEPS + " steps"));
    }
}
