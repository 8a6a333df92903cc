package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.CollapseState;

/**
 * An epoch of a training.
 *
 * @param state the last layer at its end
 * @param trainingLoss mean over its batches as they were trained, with the penalty of features and without that of weights
 * @param testAccuracy at its end, on (up to 3,000 of) the test images
 */
public record EpochRecord(CollapseState state, double trainingLoss, double testAccuracy) {}
