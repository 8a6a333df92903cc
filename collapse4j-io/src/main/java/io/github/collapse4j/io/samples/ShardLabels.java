package io.github.collapse4j.io.samples;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.LabelArray;
import java.io.IOException;

/**
 * The labels of one shard of features, a part of an array of labels.
 *
 * @param array perhaps of all shards
 * @param first index of the shard's first label
 * @param count how many labels the shard has
 */
record ShardLabels(LabelArray array, long first, long count) {
    private static final int AT_ONCE = 1 << 16;

    /** Reads labels {@code from … from+length−1} of the shard. */
    void read(long from, int length, long[] target) throws IOException {
        array.read(first + from, length, target);
    }

    /** {@return where a label of the shard stands} */
    String position(long index) {
        return array.position(first + index);
    }

    /** {@return the largest, −1 if there is none} */
    long largest() throws IOException {
        long largest = -1;
        long[] some = new long[(int) Math.min(AT_ONCE, count)];
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
        return largest;
    }
}
