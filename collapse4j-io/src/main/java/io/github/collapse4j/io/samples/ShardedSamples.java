package io.github.collapse4j.io.samples;

import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.LabelRange;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Shards, one after the other, as a single source of samples. */
public final class ShardedSamples implements SampleSource {
    /** The most classes that are believed without being told: one wrong label should not take up all memory. */
    private static final int MOST_INFERRED_CLASSES = 1 << 20;

    private final List<SampleShard> shards;
    private final LabelRange range;

    private ShardedSamples(List<SampleShard> shards, LabelRange range) {
        this.shards = shards;
        this.range = range;
    }

    /**
     * Puts shards together.
     *
     * @param classes K; if it is not given, the labels are looked through for the largest
     * @throws InputException if the shards do not have the same dimension, or K is to be found and cannot be
     */
    public static ShardedSamples of(List<SampleShard> shards, OptionalInt classes) throws IOException {
        if (shards.isEmpty()) {
            throw new IllegalArgumentException("No shards");
        }
        SampleShard first = shards.get(0);
        for (SampleShard shard : shards) {
            if (shard.featureDimension() != first.featureDimension()) {
                throw new InputException(shard.name() + ": expected " + first.featureDimension()
                        + " feature columns as in " + first.name() + ", found " + shard.featureDimension());
            }
        }
        LabelRange range = classes.isPresent()
                ? new LabelRange(classes.getAsInt(), "for " + classes.getAsInt() + " classes")
                : new LabelRange(inferredClasses(shards), "");
        return new ShardedSamples(List.copyOf(shards), range);
    }

    private static int inferredClasses(List<SampleShard> shards) throws IOException {
        long largest = -1;
        for (SampleShard shard : shards) {
            long ofShard = shard.largestLabel();
            if (ofShard >= MOST_INFERRED_CLASSES) {
                throw new InputException(shard.name() + ": expected labels below " + MOST_INFERRED_CLASSES
                        + " unless the number of classes is given, found " + ofShard);
            }
            largest = Math.max(largest, ofShard);
        }
        if (largest < 0) {
            throw new InputException(shards.get(0).name() + ": expected at least one sample to tell the number of"
                    + " classes from, found none");
        }
        return (int) largest + 1;
    }

    @Override
    public int featureDimension() {
        return shards.get(0).featureDimension();
    }

    @Override
    public int classes() {
        return range.classes();
    }

    @Override
    public OptionalLong samples() {
        long samples = 0;
        for (SampleShard shard : shards) {
            OptionalLong some = shard.samples();
            if (some.isEmpty()) {
                return some;
            }
            samples = Math.addExact(samples, some.getAsLong());
        }
        return OptionalLong.of(samples);
    }

    @Override
    public boolean isRereadable() {
        return shards.stream().allMatch(SampleShard::isRereadable);
    }

    @Override
    public SampleReader open() {
        return new ShardReader(shards, featureDimension(), range);
    }
}
