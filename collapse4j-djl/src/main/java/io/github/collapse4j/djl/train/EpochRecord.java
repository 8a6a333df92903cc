package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.CollapseState;

/**
 * An epoch of a training.
 *
 * @param state the last layer at the end of the epoch
 * @param trainingLoss mean over the batches during training, with the penalty on features and without that on weights
 * @param testAccuracy accuracy at the end of the epoch, on up to 3,000 test images
 */
public record EpochRecord(CollapseState state, double trainingLoss, double testAccuracy) {}
