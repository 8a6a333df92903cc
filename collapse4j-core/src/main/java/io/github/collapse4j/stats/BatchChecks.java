package io.github.collapse4j.stats;

import io.github.collapse4j.data.SampleBatch;

/** Checks that every accumulator makes on a batch. */
public final class BatchChecks {
    private BatchChecks() {}

    /** @throws IllegalArgumentException that names the sample, as {@link Accumulator} says */
    public static void require(SampleBatch batch, int classes, int featureDimension) {
        if (batch.featureDimension() != featureDimension) {
            throw new IllegalArgumentException(
                    "features: expected dimension " + featureDimension + ", found " + batch.featureDimension());
        }
        for (int j = 0; j < batch.count(); j++) {
            int label = batch.labels()[j];
            if (label < 0 || label >= classes) {
                throw new IllegalArgumentException(
                        where(batch, j) + ": expected a label of 0 to " + (classes - 1) + ", found " + label);
            }
            double weight = batch.weights()[j];
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException(
                        where(batch, j) + ": expected a weight of at least 0, found " + weight);
            }
        }
        int bad = batch.firstNonFinite();
        if (bad >= 0) {
            throw new IllegalArgumentException(where(batch, bad / featureDimension) + ", feature "
                    + bad % featureDimension + ": expected a finite number, found " + batch.features()[bad]);
        }
    }

    private static String where(SampleBatch batch, int sample) {
        return "batch " + batch.number() + ", sample " + sample;
    }
}
