package io.github.collapse4j.plan;

import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.solve.ClassGroups;
import java.util.Arrays;

/**
 * The margins as a function of the logarithms x of the class weights of every group but the first, whose weight is 1: a
 * common factor of all weights changes nothing.
 */
final class MarginEquations {
    private final PlanSetting setting;
    private final TrainingLoss base;
    private final ClassGroups groups;

    MarginEquations(PlanSetting setting, TrainingLoss base, ClassGroups groups) {
        this.setting = setting;
        this.base = base;
        this.groups = groups;
    }

    /** x of a loss that has class weights. */
    double[] logarithms(TrainingLoss loss) {
        double[] weights = loss.classWeights().orElseThrow();
        double[] x = new double[groups.groups()];
        for (int k = 0; k < weights.length; k++) {
            x[groups.groupOf()[k]] = Math.log(weights[k]);
        }
        double first = x[0];
        return Arrays.stream(x).skip(1).map(entry -> entry - first).toArray();
    }

    TrainingLoss loss(double[] x) {
        double[] weights = new double[groups.classes()];
        Arrays.setAll(weights, k -> groups.groupOf()[k] == 0 ? 1 : Math.exp(x[groups.groupOf()[k] - 1]));
        return base.withClassWeights(weights);
    }

    Outlook outlook(double[] x) {
        return setting.outlook(loss(x));
    }

    /** By how much the margin of each group but the first exceeds that of the first, by the order of {@link #groups}. */
    double[] leads(double[] x) {
        Outlook outlook = outlook(x);
        double[] margins = outlook.margins();
        double[] leads = new double[x.length];
        int[] groupOf = outlook.twin().groups().groupOf();
        double[] ofGroup = new double[groups.groups()];
        // The weights do not change which classes are exchangeable, but they may change the order of equal counts.
        for (int k = 0; k < groupOf.length; k++) {
            ofGroup[groups.groupOf()[k]] = margins[groupOf[k]];
        }
        Arrays.setAll(leads, g -> ofGroup[g + 1] - ofGroup[0]);
        return leads;
    }
}
