package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.CollapseState;
import java.util.Map;

/**
 * An epoch of a training.
 *
 * @param state the last layer at the end of the epoch
 * @param trainingLoss mean over the batches during training, with the penalty on features and without that on weights
 * @param testAccuracy accuracy at the end of the epoch, on up to 3,000 test images
 */
public record EpochRecord(CollapseState state, double trainingLoss, double testAccuracy) {
    /** What is not measured on the probed images, by its names in logs. */
    public Map<String, Double> scalars() {
        return Map.of("train/loss", trainingLoss, "test/accuracy", testAccuracy);
    }
}
