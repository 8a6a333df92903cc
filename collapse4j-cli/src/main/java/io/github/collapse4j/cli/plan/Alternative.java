package io.github.collapse4j.cli.plan;

import static io.github.collapse4j.cli.text.Table.format;

import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.plan.ClassWeights;
import io.github.collapse4j.plan.EqualMargins;
import io.github.collapse4j.plan.Outlook;
import io.github.collapse4j.plan.PlanSetting;
import java.util.ArrayList;
import java.util.List;

/**
 * A loss to compare the stated one with.
 *
 * @param name in words
 * @param loss the loss
 * @param outlook its optimum
 */
record Alternative(String name, TrainingLoss loss, Outlook outlook) {
    private static final double SMOOTHING = 0.1;
    private static final double ADJUSTMENT = 1;

    /** The stated loss, and each usual remedy alone added to it. */
    static List<Alternative> all(PlanSetting setting, String name, TrainingLoss stated) {
        ClassCounts counts = setting.counts();
        List<Alternative> all = new ArrayList<>();
        all.add(under(setting, name, stated));
        boolean smoothed = stated.smoothing() > 0;
        all.add(under(
                setting,
                smoothed ? "… without label smoothing" : "label smoothing " + SMOOTHING,
                stated.withSmoothing(smoothed ? 0 : SMOOTHING)));
        all.add(under(setting, "balanced weights", stated.withClassWeights(TrainingLoss.balancedWeights(counts))));
        all.add(under(setting, "weights ∝ 1/√n", stated.withClassWeights(ClassWeights.inverseRoots(counts))));
        if (stated.kind() == TrainingLoss.Kind.SOFTMAX) {
            double tau = stated.logitAdjustment() == ADJUSTMENT ? 0 : ADJUSTMENT;
            all.add(under(setting, format("logit adjustment %.0f", tau), stated.withLogitAdjustment(tau)));
        }
        return all;
    }

    private static Alternative under(PlanSetting setting, String name, TrainingLoss loss) {
        return new Alternative(name, loss, setting.outlook(loss));
    }

    static Alternative of(String name, EqualMargins.Found found) {
        return new Alternative(name, found.loss(), found.outlook());
    }
}
