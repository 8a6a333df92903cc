package io.github.collapse4j.spark;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.NativeThreads;
import io.github.collapse4j.stats.ClassMoments;
import io.github.collapse4j.stats.MomentsAccumulator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ClassMomentsAggregator} has of a group while it counts: sums and some samples that are not summed yet, or else
 * what is wrong with one of its samples. A complaint takes the place of the group's sums and leaves other groups alone; as an
 * exception it would end the job, after Spark had tried three times more. For one thread.
 */
public final class MomentsBuffer {
    /** Before a complaint in bytes; core's states begin with another. */
    private static final byte COMPLAINT = 1;

    /** Samples that are summed at once: enough for a product of matrices, and little beside d² where groups are many. */
    private static final int AT_ONCE = 64;

    private final MomentsAccumulator sums;
    private @Nullable SampleBatch batch;
    private int pending;
    private @Nullable String complaint;

    MomentsBuffer(MomentsAccumulator sums) {
        this.sums = sums;
    }

    void add(LabelledSample sample, SampleRules rules) {
        if (complaint != null) {
            return;
        }
        SampleBatch room = batch == null ? new SampleBatch(sums.featureDimension(), AT_ONCE) : batch;
        batch = room;
        String wrong = read(sample, rules, room);
        if (wrong != null) {
            complain("column " + wrong);
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

    /** Of several complaints one remains that does not depend on the order of merging. */
    private void complain(String line) {
        complaint = complaint == null || line.compareTo(complaint) < 0 ? line : complaint;
        batch = null;
        pending = 0;
    }

    @SuppressWarnings("try") // the scope itself is what is wanted
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

    /** Adds what another buffer has. */
    @SuppressWarnings("try") // the scope itself is what is wanted
    void merge(MomentsBuffer other) {
        String theirs = other.complaint;
        if (theirs != null) {
            complain(theirs);
        } else if (complaint == null) {
            sumPending();
            other.sumPending();
            try (NativeThreads single = NativeThreads.onePerCall()) {
                sums.merge(other.sums);
            }
        }
    }

    /** Core's binary form of the sums, or the complaint. Room for samples is given back. */
    byte[] toBytes() {
        String wrong = complaint;
        if (wrong == null) {
            sumPending();
            batch = null;
            return sums.toBytes();
        }
        byte[] line = wrong.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[line.length + 1];
        bytes[0] = COMPLAINT;
        System.arraycopy(line, 0, bytes, 1, line.length);
        return bytes;
    }

    /** A buffer that was sent. */
    static MomentsBuffer fromBytes(byte[] bytes) {
        String line = complaint(bytes);
        if (line == null) {
            return new MomentsBuffer(MomentsAccumulator.fromBytes(bytes));
        }
        MomentsBuffer buffer = new MomentsBuffer(new MomentsAccumulator(1, 0, false)); // which nothing will be added to
        buffer.complain(line);
        return buffer;
    }

    /**
     * Reads a result.
     *
     * @throws SampleException if the bytes are a complaint: that it is
     * @throws IllegalArgumentException if they are no such state
     */
    static ClassMoments moments(byte[] bytes) {
        String line = complaint(bytes);
        if (line != null) {
            throw new SampleException(line);
        }
        return MomentsAccumulator.fromBytes(bytes).snapshot();
    }

    private static @Nullable String complaint(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == COMPLAINT
                ? new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8)
                : null;
    }
}
