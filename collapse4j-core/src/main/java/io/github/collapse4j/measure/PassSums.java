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
import java.util.function.UnaryOperator;

/** The sums over some of the samples of a pass. Sums over parts merge into those over the whole. Not thread-safe. */
public final class PassSums {
    private final List<Accumulator<?>> accumulators;
    private final UnaryOperator<SampleBatch> map;

    private PassSums(List<Accumulator<?>> accumulators, UnaryOperator<SampleBatch> map) {
        this.accumulators = accumulators;
        this.map = map;
        find(DecisionAccumulator.class)
                .ifPresent(decisions -> find(DeviationAccumulator.class).ifPresent(decisions::follow));
    }

    /** Creates empty sums of mapped samples, with accumulators in the order of their kinds. */
    static PassSums empty(List<AccumulatorKind<?>> kinds, UnaryOperator<SampleBatch> map) {
        List<Accumulator<?>> empty = new ArrayList<>();
        kinds.forEach(kind -> empty.add(kind.empty().get()));
        return new PassSums(empty, map);
    }

    /**
     * @throws IllegalArgumentException if a feature or weight is not finite, a weight is negative or a label is out of
     *     range
     */
    public void update(SampleBatch batch) {
        SampleBatch mapped = map.apply(batch);
        accumulators.forEach(accumulator -> accumulator.update(mapped));
    }

    /** Adds the sums of other samples for the same request; the argument is not changed. */
    public void merge(PassSums other) {
        for (int i = 0; i < accumulators.size(); i++) {
            accumulators.get(i).merge(other.accumulators.get(i));
        }
    }

    /** The accumulator of the given class, if it was requested. */
    public <A> Optional<A> find(Class<A> type) {
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
        List<byte[]> states = accumulators.stream().map(Accumulator::toBytes).toList();
        long size =
                states.stream().mapToLong(state -> Integer.BYTES + state.length).sum();
        if (size > Matrix.MAX_ENTRIES) {
            throw new IllegalArgumentException("sums of " + size + " bytes exceed the largest array");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size);
        states.forEach(state -> bytes.putInt(state.length).put(state));
        return bytes.array();
    }

    /** Reads sums from their binary form. */
    static PassSums read(List<AccumulatorKind<?>> kinds, UnaryOperator<SampleBatch> map, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        List<Accumulator<?>> read = new ArrayList<>();
        for (AccumulatorKind<?> kind : kinds) {
            read.add(kind.reader().apply(next(buffer)));
        }
        if (buffer.hasRemaining()) {
            throw new IllegalArgumentException("sums: " + buffer.remaining() + " bytes too many");
        }
        return new PassSums(read, map);
    }

    private static byte[] next(ByteBuffer buffer) {
        if (buffer.remaining() < Integer.BYTES) {
            throw new IllegalArgumentException("sums: expected a length, found " + buffer.remaining() + " bytes");
        }
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new IllegalArgumentException(
                    "sums: expected at most " + buffer.remaining() + " bytes of a state, found " + length);
        }
        byte[] part = new byte[length];
        buffer.get(part);
        return part;
    }
}
