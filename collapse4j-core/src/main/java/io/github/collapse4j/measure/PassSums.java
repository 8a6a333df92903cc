package io.github.collapse4j.measure;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.stats.ClassMoments;
import io.github.collapse4j.stats.DecisionAccumulator;
import io.github.collapse4j.stats.Decisions;
import io.github.collapse4j.stats.DeviationAccumulator;
import io.github.collapse4j.stats.Deviations;
import io.github.collapse4j.stats.MomentsAccumulator;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a pass has summed of some samples. Sums of any parts merge to those of the whole. For one thread. */
public final class PassSums {
    private final @Nullable MomentsAccumulator moments;
    private final @Nullable DeviationAccumulator deviations;
    private final @Nullable DecisionAccumulator decisions;

    PassSums(
            @Nullable MomentsAccumulator moments,
            @Nullable DeviationAccumulator deviations,
            @Nullable DecisionAccumulator decisions) {
        this.moments = moments;
        this.deviations = deviations;
        this.decisions = decisions;
    }

    /** @throws IllegalArgumentException if a feature or weight is not finite, a weight negative or a label out of range */
    public void update(SampleBatch batch) {
        if (moments != null) {
            moments.update(batch);
        }
        if (deviations != null) {
            deviations.update(batch);
        }
        if (decisions != null && deviations != null) {
            decisions.update(batch, deviations.batchSquares());
        } else if (decisions != null) {
            decisions.update(batch);
        }
    }

    /** Adds the sums of other samples, of the same request; the other is not changed. */
    public void merge(PassSums other) {
        if (moments != null && other.moments != null) {
            moments.merge(other.moments);
        }
        if (deviations != null && other.deviations != null) {
            deviations.merge(other.deviations);
        }
        if (decisions != null && other.decisions != null) {
            decisions.merge(other.decisions);
        }
    }

    ClassMoments moments() {
        if (moments == null) {
            throw new IllegalStateException("this pass was not asked for moments");
        }
        return moments.snapshot();
    }

    Deviations deviations() {
        if (deviations == null) {
            throw new IllegalStateException("this pass was not asked for deviations");
        }
        return deviations.snapshot();
    }

    Optional<Decisions> decisions() {
        return Optional.ofNullable(decisions).map(DecisionAccumulator::snapshot);
    }

    /**
     * The binary form: the states of moments, deviations and decisions, each after its length in four bytes, −1 for one
     * that was not asked for. Its size depends on d, K and the request, never on the number of samples.
     */
    public byte[] toBytes() {
        byte[][] states = {
            moments == null ? null : moments.toBytes(),
            deviations == null ? null : deviations.toBytes(),
            decisions == null ? null : decisions.toBytes()
        };
        long size = 0;
        for (byte[] state : states) {
            size += Integer.BYTES + (state == null ? 0 : state.length);
        }
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("sums of " + size + " bytes do not fit into an array");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size);
        for (byte[] state : states) {
            bytes.putInt(state == null ? Parts.ABSENT : state.length);
            if (state != null) {
                bytes.put(state);
            }
        }
        return bytes.array();
    }

    /** The binary form, taken apart. */
    record Parts(byte @Nullable [] moments, byte @Nullable [] deviations, byte @Nullable [] decisions) {
        private static final int ABSENT = -1;

        static Parts of(byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            Parts parts = new Parts(next(buffer), next(buffer), next(buffer));
            if (buffer.hasRemaining()) {
                throw new IllegalArgumentException("sums: " + buffer.remaining() + " bytes too many");
            }
            return parts;
        }

        private static byte @Nullable [] next(ByteBuffer buffer) {
            if (buffer.remaining() < Integer.BYTES) {
                throw new IllegalArgumentException("sums: expected a length, found " + buffer.remaining() + " bytes");
            }
            int length = buffer.getInt();
            if (length == ABSENT) {
                return null;
            }
            if (length < 0 || length > buffer.remaining()) {
                throw new IllegalArgumentException(
                        "sums: expected at most " + buffer.remaining() + " bytes of a state, found " + length);
            }
            byte[] part = new byte[length];
            buffer.get(part);
            return part;
        }

        void requirePresent(boolean wantMoments, boolean wantDeviations, boolean wantDecisions) {
            if ((moments != null) != wantMoments
                    || (deviations != null) != wantDeviations
                    || (decisions != null) != wantDecisions) {
                throw new IllegalArgumentException("sums: they are those of another request");
            }
        }
    }
}
