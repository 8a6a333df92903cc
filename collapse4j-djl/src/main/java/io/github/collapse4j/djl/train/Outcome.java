package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.CollapseState;
import io.github.collapse4j.djl.LayerJudgement;
import io.github.collapse4j.djl.ProbedLayer;
import java.util.List;

/** The outcome of a training. */
public sealed interface Outcome {
    /** The recipe. */
    Recipe recipe();

    /** The completed epochs. */
    List<EpochRecord> epochs();

    /**
     * The training completed.
     *
     * @param train last layer on all training images
     * @param test last layer on all test images
     * @param judgement certificate of {@code train}
     * @param state figures of {@code train}
     * @param testAccuracy accuracy on all test images
     * @param costs cost of the training
     * @param extendedAfter see {@link Resumption#extendedAfter}
     */
    record Trained(
            Recipe recipe,
            List<EpochRecord> epochs,
            ProbedLayer train,
            ProbedLayer test,
            LayerJudgement judgement,
            CollapseState state,
            double testAccuracy,
            Costs costs,
            List<Integer> extendedAfter)
            implements Outcome {}

    /**
     * The training was stopped because its loss diverged.
     *
     * @param epoch number of the epoch, from 1
     * @param loss the diverged loss
     * @param advice what to try next, in one sentence
     */
    record Diverged(Recipe recipe, List<EpochRecord> epochs, int epoch, double loss, String advice)
            implements Outcome {}
}
