package io.github.collapse4j.io.samples;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.LabelArray;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The labels of one shard of features, part of a label array.
 *
 * @param array the labels, perhaps of all shards; null if there are none and every sample is in class 0
 * @param first index of the shard's first label
 * @param count number of labels of the shard
 */
record ShardLabels(@Nullable LabelArray array, long first, long count) {
    private static final int CHUNK = 1 << 16;

    /** No labels: {@code count} samples in class 0. */
    static ShardLabels none(long count) {
        return new ShardLabels(null, 0, count);
    }

    /** {@return their name in messages} */
    String name() {
        return array == null ? "labels" : array.name();
    }

    /** Reads labels {@code from … from+length−1} of the shard. */
    void read(long from, int length, long[] target) throws IOException {
        if (array == null) {
            Arrays.fill(target, 0, length, 0);
        } else {
            array.read(first + from, length, target);
        }
    }

    /** {@return the position of a label of the shard} */
    String position(long index) {
        return array == null ? "sample " + index : array.position(first + index);
    }

    /** {@return the largest label, if there are any} */
    OptionalLong largest() throws IOException {
        long largest = -1;
        long[] some = new long[(int) Math.min(CHUNK, count)];
        for (long done = 0; done < count; done += some.length) {
            int length = (int) Math.min(some.length, count - done);
            read(done, length, some);
            for (int i = 0; i < length; i++) {
                if (some[i] < 0) {
                    throw new InputException(position(done + i) + ": expected 0 or more, found " + some[i]);
                }
                largest = Math.max(largest, some[i]);
            }
        }
        release();
        return largest < 0 ? OptionalLong.empty() : OptionalLong.of(largest);
    }

    /** Closes the label file until the next read. */
    void release() throws IOException {
        if (array != null) {
            array.release();
        }
    }
}
