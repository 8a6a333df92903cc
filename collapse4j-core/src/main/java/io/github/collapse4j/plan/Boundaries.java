package io.github.collapse4j.plan;

import io.github.collapse4j.model.TrainingLoss;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Where along μ the optimum changes (docs/theory.md §12).
 *
 * @param vanishing the μ from which on all classes have vanished
 * @param scan optima at ascending values of μ
 * @param predictedBelow for each group, the μ above which its classes are not predicted any more: where the margin reaches
 *     zero first within the scan; empty if it is positive, or not, all through the scan
 */
public record Boundaries(double vanishing, List<Step> scan, OptionalDouble[] predictedBelow) {
    /** A μ at which every model has collapsed to zero; the residuals there do not depend on it. */
    private static final double BEYOND = 1e3;
    /** Relative accuracy of a root along μ. */
    private static final double TOLERANCE = 1e-6;

    private static final int MAX_STEPS = 100;
    /** A margin just below a threshold is looked at this much below it. */
    private static final double BELOW = 1e-6;

    /**
     * An optimum of the scan.
     *
     * @param mu its μ
     * @param outlook the optimum
     */
    public record Step(double mu, Outlook outlook) {}

    /** The μ from which on all classes have vanished: σ_max(∇g) at W = H = 0 and the best bias. */
    public static double vanishing(PlanSetting setting, TrainingLoss loss) {
        return BEYOND * setting.withMu(BEYOND).outlook(loss).twin().sigmaOverMu();
    }

    /** Scans from one μ to another, in {@code steps} equal ratios. */
    public static Boundaries scan(PlanSetting setting, TrainingLoss loss, double from, double to, int steps) {
        List<Step> scan = IntStream.rangeClosed(0, steps)
                .mapToDouble(i -> i == steps ? to : from * Math.pow(to / from, (double) i / steps))
                .mapToObj(mu -> new Step(mu, setting.withMu(mu).outlook(loss)))
                .toList();
        OptionalDouble[] ends = new OptionalDouble[scan.get(0).outlook().groups()];
        Arrays.setAll(ends, g -> predictedBelow(setting, loss, scan, g));
        return new Boundaries(vanishing(setting, loss), scan, ends);
    }

    private static OptionalDouble predictedBelow(PlanSetting setting, TrainingLoss loss, List<Step> scan, int group) {
        for (int i = 1; i < scan.size(); i++) {
            Step before = scan.get(i - 1);
            Step after = scan.get(i);
            if (isApart(before.outlook(), group) && !isApart(after.outlook(), group)) {
                return OptionalDouble.of(end(setting, loss, before, after, group));
            }
        }
        return OptionalDouble.empty();
    }

    private static boolean isApart(Outlook outlook, int group) {
        return outlook.fates()[group] == Outlook.Fate.APART;
    }

    private static double end(PlanSetting setting, TrainingLoss loss, Step before, Step after, int group) {
        double low = before.mu();
        double ofLow = before.outlook().margins()[group];
        double high = after.mu();
        double ofHigh = after.outlook().margins()[group];
        OptionalDouble critical = before.outlook().criticalMu(group);
        if (critical.isPresent() && critical.getAsDouble() <= high) {
            // A margin stays positive up to the threshold, or another class is ahead before.
            high = critical.getAsDouble() * (1 - BELOW);
            Outlook below = setting.withMu(high).outlook(loss);
            if (isApart(below, group)) {
                return critical.getAsDouble();
            }
            ofHigh = below.margins()[group];
        }
        for (int step = 0; step < MAX_STEPS && high - low > TOLERANCE * high; step++) {
            // Regula falsi where the margin changes sign, bisection where it ends at zero and every third step.
            double middle = ofHigh < 0 && step % 3 != 2
                    ? (low * ofHigh - high * ofLow) / (ofHigh - ofLow)
                    : Math.sqrt(low * high);
            Outlook outlook = setting.withMu(middle).outlook(loss);
            if (isApart(outlook, group)) {
                low = middle;
                ofLow = outlook.margins()[group];
            } else {
                high = middle;
                ofHigh = outlook.margins()[group];
            }
        }
        return high;
    }
}
