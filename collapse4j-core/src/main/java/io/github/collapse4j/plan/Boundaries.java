package io.github.collapse4j.plan;

import io.github.collapse4j.model.TrainingLoss;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Where along μ the optimum changes (docs/theory.md §12).
 *
 * @param vanishing the μ from which on all classes have vanished
 * @param scan optima at ascending values of μ
 * @param predictedBelow for each group, the μ above which its classes are not predicted any more: where the margin reaches
 *     zero first within the scan; empty if it is positive, or not, all through the scan
 * @param mergedFrom for each group, the μ from which on its classes are merged with others or have vanished: by the theorem
 *     where there is one, otherwise to a relative 1e-3 and within the scan
 */
public record Boundaries(
        double vanishing, List<Step> scan, OptionalDouble[] predictedBelow, OptionalDouble[] mergedFrom) {
    /** A μ at which every model has collapsed to zero; the residuals there do not depend on it. */
    private static final double BEYOND = 1e3;
    /** Relative accuracy of a root along μ. */
    private static final double TOLERANCE = 1e-6;

    /**
     * The same where there is no margin to follow: closer to a boundary, the difference between classes cannot be
     * resolved.
     */
    private static final double COARSE_TOLERANCE = 1e-4;

    private static final int MAX_STEPS = 100;
    /** A margin just below a threshold is evaluated this much below it. */
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
        int groups = scan.get(0).outlook().groups();
        OptionalDouble[] predicted = new OptionalDouble[groups];
        OptionalDouble[] merged = new OptionalDouble[groups];
        for (int g = 0; g < groups; g++) {
            int group = g;
            predicted[g] = crossing(scan, outlook -> !isApart(outlook, group))
                    .map(pair -> OptionalDouble.of(lastPredicted(setting, loss, pair.before(), pair.after(), group)))
                    .orElseGet(OptionalDouble::empty);
            OptionalDouble critical = scan.get(0).outlook().criticalMu(g);
            merged[g] = critical.isPresent()
                    ? critical
                    : crossing(scan, outlook -> isOne(outlook, group))
                            .map(pair -> OptionalDouble.of(firstMerged(setting, loss, pair, group)))
                            .orElseGet(OptionalDouble::empty);
        }
        return new Boundaries(vanishing(setting, loss), scan, predicted, merged);
    }

    private record Pair(Step before, Step after) {}

    /** The first two neighbours between which something becomes true. */
    private static Optional<Pair> crossing(List<Step> scan, Predicate<Outlook> isBeyond) {
        return IntStream.range(1, scan.size())
                .mapToObj(i -> new Pair(scan.get(i - 1), scan.get(i)))
                .filter(pair -> !isBeyond.test(pair.before().outlook())
                        && isBeyond.test(pair.after().outlook()))
                .findFirst();
    }

    private static double firstMerged(PlanSetting setting, TrainingLoss loss, Pair pair, int group) {
        double low = pair.before().mu();
        double high = pair.after().mu();
        while (high - low > COARSE_TOLERANCE * high) {
            double middle = Math.sqrt(low * high);
            if (isOne(setting.withMu(middle).outlook(loss), group)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private static boolean isOne(Outlook outlook, int group) {
        return outlook.fates()[group].isOne();
    }

    private static boolean isApart(Outlook outlook, int group) {
        return outlook.fates()[group] == Outlook.Fate.APART;
    }

    private static double lastPredicted(PlanSetting setting, TrainingLoss loss, Step before, Step after, int group) {
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
