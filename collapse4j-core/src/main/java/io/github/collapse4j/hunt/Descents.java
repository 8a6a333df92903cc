package io.github.collapse4j.hunt;

import io.github.collapse4j.model.RandomStarts;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.optim.OptimizerResult;

/**
 * The descents of a plan. The outcome of an item depends only on the plan and the item's number, not on where it runs.
 */
public record Descents(HuntPlan plan) {
    /** The final values of the items of a chunk; infinite for an item that diverges. */
    public double[] outcomes(int chunk) {
        double[] outcomes = new double[plan.itemsOfChunk(chunk)];
        for (int i = 0; i < outcomes.length; i++) {
            int item = chunk * Hunt.CHUNK + i;
            UfmModel model = UfmModel.reduced(plan.problems().get(item / plan.itemsPerProblem()));
            double value = descend(model, item % plan.itemsPerProblem()).value();
            outcomes[i] = Double.isFinite(value) ? value : Double.POSITIVE_INFINITY;
        }
        return outcomes;
    }

    OptimizerResult descend(UfmModel model, int itemOfProblem) {
        UfmObjective objective = model.objective();
        UfmPoint start = new RandomStarts(plan.seed()).point(model, plan.start(itemOfProblem));
        Descender descender = plan.optimizer(itemOfProblem);
        return descender.optimizer().minimize(objective, objective.toVector(start), descender.limits());
    }
}
