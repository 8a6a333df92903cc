package io.github.collapse4j.measure;

import io.github.collapse4j.data.SampleBatch;
import java.io.Serializable;

/** A function of single samples: plain data, which can be sent to where the samples are. Thread-safe. */
public interface SampleMap extends Serializable {
    /** d of the mapped samples. */
    int featureDimension();

    /** K of the mapped samples. */
    int classes();

    /**
     * Maps a batch, which is not changed; weights are kept.
     *
     * @throws IllegalArgumentException if a feature or weight is not finite, a weight is negative or a label is out of
     *     range
     */
    SampleBatch apply(SampleBatch batch);
}
