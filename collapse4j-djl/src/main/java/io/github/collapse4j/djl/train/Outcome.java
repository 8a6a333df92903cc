package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.CollapseState;
import io.github.collapse4j.djl.ProbedLayer;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import java.util.List;

/** How a training ended. */
public sealed interface Outcome {
    /** What was trained. */
    Recipe recipe();

    /** Its epochs, as far as it went. */
    List<EpochRecord> epochs();

    /**
     * It went to its end.
     *
     * @param train the last layer with all training images
     * @param test the same with all test images
     * @param certificate of {@code train}
     * @param state of {@code train}
     * @param testAccuracy on all test images
     * @param costs what it took
     */
    record Trained(
            Recipe recipe,
            List<EpochRecord> epochs,
            ProbedLayer train,
            ProbedLayer test,
            LastLayerCertificate certificate,
            CollapseState state,
            double testAccuracy,
            Costs costs)
            implements Outcome {}

    /**
     * The loss grew beyond bounds, so it was given up.
     *
     * @param epoch from 1
     * @param loss where it was noticed
     * @param advice what to try, in one sentence
     */
    record Diverged(Recipe recipe, List<EpochRecord> epochs, int epoch, double loss, String advice)
            implements Outcome {}
}
