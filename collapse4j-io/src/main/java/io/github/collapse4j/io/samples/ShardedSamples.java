package io.github.collapse4j.io.samples;

import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.LabelRange;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A sequence of shards as a single source of samples. */
public final class ShardedSamples implements SampleSource {
    /** The maximum K inferred from labels: a single wrong label must not exhaust memory. */
    public static final int MAX_INFERRED_CLASSES = 1 << 20;

    private final List<SampleShard> shards;
    private final Optional<LabelRange> range;

    private ShardedSamples(List<SampleShard> shards, Optional<LabelRange> range) {
        this.shards = shards;
        this.range = range;
    }

    /**
     * Combines shards.
     *
     * @param shards at least one
     * @param classes K; if empty, it is the largest label plus one
     * @throws InputException if the shards' dimensions differ, or K cannot be inferred or is 1
     */
    static ShardedSamples of(List<? extends SampleShard> shards, OptionalInt classes) throws IOException {
        checkDimensions(shards);
        LabelRange range = classes.isPresent()
                ? new LabelRange(classes.getAsInt(), "for " + classes.getAsInt() + " classes")
                : new LabelRange(inferredClasses(shards), "");
        if (range.classes() < 2) {
            String hint = shards.get(0) instanceof TableShard ? " (--label-column names another column)" : "";
            throw new InputException(shards.get(0).labelPlace() + ": expected labels of at least 2 classes, found "
                    + (classes.isPresent() ? "K = 1" : "class 0 alone" + hint));
        }
        return new ShardedSamples(List.copyOf(shards), Optional.of(range));
    }

    /**
     * Combines shards whose samples are all in class 0.
     *
     * @param shards at least one
     * @throws InputException if the shards' dimensions differ
     */
    static ShardedSamples unlabelled(List<? extends SampleShard> shards) throws InputException {
        checkDimensions(shards);
        return new ShardedSamples(List.copyOf(shards), Optional.empty());
    }

    private static void checkDimensions(List<? extends SampleShard> shards) throws InputException {
        SampleShard first = shards.get(0);
        for (SampleShard shard : shards) {
            if (shard.featureDimension() != first.featureDimension()) {
                throw new InputException(shard.name() + ": expected " + first.featureDimension()
                        + " feature columns as in " + first.name() + ", found " + shard.featureDimension());
            }
        }
    }

    private static int inferredClasses(List<? extends SampleShard> shards) throws IOException {
        int classes = 0;
        for (SampleShard shard : shards) {
            OptionalLong largest = shard.largestLabel();
            if (largest.isPresent()) {
                if (largest.getAsLong() >= MAX_INFERRED_CLASSES) {
                    throw new InputException(shard.name() + ": expected labels below " + MAX_INFERRED_CLASSES
                            + " unless the number of classes is given, found " + largest.getAsLong());
                }
                classes = Math.max(classes, (int) largest.getAsLong() + 1);
            }
        }
        if (classes == 0) {
            throw new InputException(shards.get(0).name() + ": expected at least one sample to infer the number of"
                    + " classes, found none");
        }
        return classes;
    }

    /**
     * Checks that these samples have the same dimension as others.
     *
     * @throws InputException if not
     */
    void checkDimension(SampleSource others) throws InputException {
        SampleShard first = shards.get(0);
        if (first.featureDimension() != others.featureDimension()) {
            throw new InputException(first.name() + ": expected " + others.featureDimension()
                    + " feature columns as in the measured samples, found " + first.featureDimension());
        }
    }

    /** {@return the columns of the tables, empty for arrays} */
    Optional<TableSchema> schema() {
        return shards.get(0) instanceof TableShard table ? Optional.of(TableSchema.of(table)) : Optional.empty();
    }

    /** {@return one-line notes on how the shards are read} */
    List<String> notes() {
        return shards.stream().flatMap(shard -> shard.notes().stream()).toList();
    }

    /** {@return whether they have labels; otherwise every sample is of class 0} */
    public boolean isLabelled() {
        return range.isPresent();
    }

    /** {@return whether all features are known to fit into single precision} */
    public boolean isSinglePrecision() {
        return shards.stream().allMatch(SampleShard::isSinglePrecision);
    }

    @Override
    public int featureDimension() {
        return shards.get(0).featureDimension();
    }

    @Override
    public int classes() {
        return range.map(LabelRange::classes).orElse(1);
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
