package io.github.collapse4j.spark;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.NativeThreads;
import io.github.collapse4j.stats.ClassMoments;
import io.github.collapse4j.stats.MomentsAccumulator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The buffer of {@link ClassMomentsAggregator} for one group: sums and a batch of samples not yet summed, or an error
 * message about an invalid sample. The message replaces the group's sums and does not affect other groups; an exception
 * would end the job after three retries. Not thread-safe.
 */
public final class MomentsBuffer {
    /** The first byte of a serialised error message; core's states begin with another. */
    private static final byte ERROR = 1;

    /**
     * Samples summed per batch: enough for an efficient matrix product, yet few compared with d² if groups are many.
     */
    private static final int BATCH_SIZE = 64;

    private final MomentsAccumulator sums;
    private @Nullable SampleBatch batch;
    private int pending;
    private @Nullable String error;

    MomentsBuffer(MomentsAccumulator sums) {
        this.sums = sums;
    }

    void add(LabelledSample sample, SampleRules rules) {
        if (error != null) {
            return;
        }
        SampleBatch room = batch == null ? new SampleBatch(sums.featureDimension(), BATCH_SIZE) : batch;
        batch = room;
        String wrong = read(sample, rules, room);
        if (wrong != null) {
            fail("column " + wrong);
            return;
        }
        pending++;
        if (pending == room.capacity()) {
            sumPending();
        }
    }

    private @Nullable String read(LabelledSample sample, SampleRules rules, SampleBatch room) {
        List<@Nullable Double> features = sample.getFeatures();
        if (features == null) {
            return rules.noFeatures();
        }
        double label = number(sample.getLabel());
        double weight = number(sample.getWeight());
        String wrong = rules.wrongDimension(features.size());
        wrong = wrong == null ? rules.wrongLabel(label) : wrong;
        wrong = wrong == null ? rules.wrongWeight(weight) : wrong;
        if (wrong != null) {
            return wrong;
        }
        room.labels()[pending] = (int) label;
        room.weights()[pending] = weight;
        int position = pending * sums.featureDimension();
        for (int i = 0; i < sums.featureDimension(); i++) {
            Double feature = features.get(i);
            if (feature == null) {
                return rules.missingFeature(i);
            }
            if (!Double.isFinite(feature)) {
                return rules.notFinite(i, feature);
            }
            room.features()[position + i] = feature;
        }
        return null;
    }

    private static double number(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    /** Keeps one of several errors, chosen independently of the merge order. */
    private void fail(String line) {
        error = error == null || line.compareTo(error) < 0 ? line : error;
        batch = null;
        pending = 0;
    }

    @SuppressWarnings("try") // only the scope is needed
    private void sumPending() {
        SampleBatch waiting = batch;
        if (waiting != null && pending > 0) {
            waiting.filled(0, pending);
            pending = 0;
            try (NativeThreads single = NativeThreads.onePerCall()) {
                sums.update(waiting);
            }
        }
    }

    /** Adds the contents of another buffer. */
    @SuppressWarnings("try") // only the scope is needed
    void merge(MomentsBuffer other) {
        String theirs = other.error;
        if (theirs != null) {
            fail(theirs);
        } else if (error == null) {
            sumPending();
            other.sumPending();
            try (NativeThreads single = NativeThreads.onePerCall()) {
                sums.merge(other.sums);
            }
        }
    }

    /** The sums in core's binary format, or the error message. Releases the batch. */
    byte[] toBytes() {
        String wrong = error;
        if (wrong == null) {
            sumPending();
            batch = null;
            return sums.toBytes();
        }
        byte[] line = wrong.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[line.length + 1];
        bytes[0] = ERROR;
        System.arraycopy(line, 0, bytes, 1, line.length);
        return bytes;
    }

    /** Restores a buffer from its bytes. */
    static MomentsBuffer fromBytes(byte[] bytes) {
        String line = error(bytes);
        if (line == null) {
            return new MomentsBuffer(MomentsAccumulator.fromBytes(bytes));
        }
        MomentsBuffer buffer =
                new MomentsBuffer(new MomentsAccumulator(1, 0, false)); // never used, the error replaces it
        buffer.fail(line);
        return buffer;
    }

    /**
     * Reads a result.
     *
     * @throws SampleException if the bytes are an error message, with that message
     * @throws IllegalArgumentException if they are not a valid state
     */
    static ClassMoments moments(byte[] bytes) {
        String line = error(bytes);
        if (line != null) {
            throw new SampleException(line);
        }
        return MomentsAccumulator.fromBytes(bytes).snapshot();
    }

    private static @Nullable String error(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == ERROR
                ? new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8)
                : null;
    }
}
