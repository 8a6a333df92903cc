package io.github.collapse4j.cli.plan;

import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.plan.Boundaries;
import io.github.collapse4j.plan.CoarseCounts;
import io.github.collapse4j.plan.EqualMargins;
import io.github.collapse4j.plan.Outlook;
import io.github.collapse4j.plan.PlanSetting;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All that is reported.
 *
 * @param coarse the counts, few different ones
 * @param setting counts, μ and bias
 * @param alternatives the stated loss first
 * @param weights class weights of equal margins
 * @param adjustment τ of equal margins
 * @param boundaries the phase diagram of the stated loss
 */
record Plan(
        CoarseCounts coarse,
        PlanSetting setting,
        List<Alternative> alternatives,
        EqualMargins.Outcome weights,
        EqualMargins.Outcome adjustment,
        Boundaries boundaries) {
    private static final int STEPS = 12;
    private static final double LOWEST = 1e-6;
    private static final double FACTOR = 2;

    static Plan of(CoarseCounts coarse, PlanSetting setting, String name, TrainingLoss loss, MuOptions options) {
        List<Alternative> alternatives = Alternative.all(setting, name, loss);
        EqualMargins equal = new EqualMargins(setting, loss);
        MuOptions.Range range = options.range().orElseGet(() -> everything(setting, loss));
        return new Plan(
                coarse,
                setting,
                alternatives,
                equal.weights(),
                equal.adjustment(),
                Boundaries.scan(setting, loss, range.from(), range.to(), STEPS));
    }

    /** From where all classes are predicted, if they are anywhere, to where all have vanished. */
    private static MuOptions.Range everything(PlanSetting setting, TrainingLoss loss) {
        double vanishing = Boundaries.vanishing(setting, loss);
        if (vanishing <= LOWEST * setting.mu()) {
            // Targets that do not differ between classes: nothing is apart at any μ, up to rounding.
            return new MuOptions.Range(setting.mu() / FACTOR, setting.mu());
        }
        double from = vanishing / FACTOR;
        while (from > LOWEST * vanishing
                && setting.withMu(from).outlook(loss).classes(Outlook.Fate.APART)
                        < setting.counts().classes()) {
            from /= FACTOR;
        }
        return new MuOptions.Range(from, vanishing);
    }

    /** The largest certified relative gap of all optima. */
    double largestGap() {
        Stream<Outlook> found = Stream.of(weights, adjustment)
                .flatMap(outcome ->
                        outcome instanceof EqualMargins.Found equal ? Stream.of(equal.outlook()) : Stream.empty());
        Stream<Outlook> others = Stream.concat(
                alternatives.stream().map(Alternative::outlook),
                boundaries.scan().stream().map(Boundaries.Step::outlook));
        return Stream.concat(found, others)
                .mapToDouble(outlook -> outlook.twin().relativeGap())
                .max()
                .orElseThrow();
    }

    Outlook outlook() {
        return alternatives.get(0).outlook();
    }

    /** The numbers of the classes of a group, ascending. */
    int[] members(int group) {
        int[] groupOf = outlook().twin().groups().groupOf();
        return IntStream.range(0, groupOf.length)
                .filter(k -> groupOf[k] == group)
                .toArray();
    }
}
