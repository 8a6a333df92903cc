package io.github.collapse4j.measure;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.stats.Accumulator;
import io.github.collapse4j.stats.AccumulatorKind;
import io.github.collapse4j.stats.ClassMoments;
import io.github.collapse4j.stats.DecisionAccumulator;
import io.github.collapse4j.stats.Decisions;
import io.github.collapse4j.stats.DeviationAccumulator;
import io.github.collapse4j.stats.Deviations;
import io.github.collapse4j.stats.MomentsAccumulator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sums over some of the samples of a pass. Sums over parts merge into those over the whole. Not thread-safe. */
public final class PassSums {
    /** The types that can be summed, in the order of the binary form. */
    private static final List<Class<? extends Accumulator<?>>> TYPES =
            List.of(MomentsAccumulator.class, DeviationAccumulator.class, DecisionAccumulator.class);

    private static final int ABSENT = -1;

    private final List<Accumulator<?>> accumulators;

    private PassSums(List<Accumulator<?>> accumulators) {
        this.accumulators = accumulators;
        find(DecisionAccumulator.class)
                .ifPresent(decisions -> find(DeviationAccumulator.class).ifPresent(decisions::follow));
    }

    /** Empty sums, with accumulators in the order of {@link #TYPES}. */
    static PassSums empty(List<AccumulatorKind<?>> kinds) {
        List<Accumulator<?>> empty = new ArrayList<>();
        kinds.forEach(kind -> empty.add(kind.empty().get()));
        return new PassSums(empty);
    }

    /**
     * @throws IllegalArgumentException if a feature or weight is not finite, a weight is negative or a label is out of
     *     range
     */
    public void update(SampleBatch batch) {
        accumulators.forEach(accumulator -> accumulator.update(batch));
    }

    /** Adds the sums of other samples for the same request; the argument is not changed. */
    public void merge(PassSums other) {
        for (int i = 0; i < accumulators.size(); i++) {
            accumulators.get(i).merge(other.accumulators.get(i));
        }
    }

    private <A> Optional<A> find(Class<A> type) {
        return accumulators.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    ClassMoments moments() {
        return find(MomentsAccumulator.class).orElseThrow().snapshot();
    }

    Deviations deviations() {
        return find(DeviationAccumulator.class).orElseThrow().snapshot();
    }

    Optional<Decisions> decisions() {
        return find(DecisionAccumulator.class).map(DecisionAccumulator::snapshot);
    }

    /**
     * The binary form: the states of moments, deviations and decisions, each preceded by its length in four bytes, −1
     * for one that was not requested. Its size depends on d, K and the request, never on the number of samples.
     */
    public byte[] toBytes() {
        List<Optional<byte[]>> states =
                TYPES.stream().map(type -> find(type).map(Accumulator::toBytes)).toList();
        long size = 0;
        for (Optional<byte[]> state : states) {
            size += Integer.BYTES + state.map(bytes -> bytes.length).orElse(0);
        }
        if (size > Matrix.MAX_ENTRIES) {
            throw new IllegalArgumentException("sums of " + size + " bytes exceed the largest array");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size);
        for (Optional<byte[]> state : states) {
            bytes.putInt(state.map(content -> content.length).orElse(ABSENT));
            state.ifPresent(bytes::put);
        }
        return bytes.array();
    }

    /** Reads sums from their binary form. */
    static PassSums read(List<AccumulatorKind<?>> kinds, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        List<Accumulator<?>> read = new ArrayList<>();
        for (Class<?> type : TYPES) {
            byte[] state = next(buffer);
            Optional<AccumulatorKind<?>> kind =
                    kinds.stream().filter(k -> k.type() == type).findFirst();
            if (kind.isPresent() && state != null) {
                read.add(kind.get().reader().apply(state));
            } else if (kind.isPresent() || state != null) {
                throw new IllegalArgumentException("sums: they belong to another request");
            }
        }
        if (buffer.hasRemaining()) {
            throw new IllegalArgumentException("sums: " + buffer.remaining() + " bytes too many");
        }
        return new PassSums(read);
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
}
