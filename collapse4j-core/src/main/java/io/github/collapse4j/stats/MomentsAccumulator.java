package io.github.collapse4j.stats;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.Matrix;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first pass: counts, weights and means of the classes and, on request, the {@code d×d} scatter within them, which
 * makes a second pass unnecessary.
 */
public final class MomentsAccumulator implements Accumulator<ClassMoments> {
    private final int featureDimension;
    private final long[] counts;
    private final double[] weights;
    private final ClassSums sums;
    private final @Nullable ScatterAccumulator scatter;

    /**
     * An empty accumulator.
     *
     * @param classes K; labels are 0…K−1
     * @param featureDimension d
     * @param withScatter whether to sum the scatter within classes too, which costs d² numbers and d² operations per
     *     sample
     */
    public MomentsAccumulator(int classes, int featureDimension, boolean withScatter) {
        this(
                featureDimension,
                new long[classes],
                new double[classes],
                new ClassSums(featureDimension, classes),
                withScatter ? new ScatterAccumulator(classes, featureDimension) : null);
    }

    private MomentsAccumulator(
            int featureDimension,
            long[] counts,
            double[] weights,
            ClassSums sums,
            @Nullable ScatterAccumulator scatter) {
        this.featureDimension = featureDimension;
        this.counts = counts;
        this.weights = weights;
        this.sums = sums;
        this.scatter = scatter;
    }

    /** The kind of accumulators for K classes in d dimensions. */
    public static AccumulatorKind<MomentsAccumulator> kind(int classes, int featureDimension, boolean withScatter) {
        return new AccumulatorKind<>(
                MomentsAccumulator.class,
                () -> new MomentsAccumulator(classes, featureDimension, withScatter),
                state -> {
                    StateReader reader = new StateReader(state, State.MOMENTS);
                    reader.requireFrame(classes, featureDimension);
                    if (reader.flag() != withScatter) {
                        throw new StateFormatException("state: expected " + (withScatter ? "a scatter" : "no scatter")
                                + " in the moments, found " + (withScatter ? "none" : "one"));
                    }
                    return read(reader, classes, featureDimension, withScatter);
                });
    }

    /** d. */
    public int featureDimension() {
        return featureDimension;
    }

    /** N so far. */
    public long samples() {
        return Arrays.stream(counts).sum();
    }

    @Override
    public void update(SampleBatch batch) {
        BatchChecks.require(batch, counts.length, featureDimension);
        ScatterAccumulator wanted = scatter;
        double[] before = wanted == null ? weights : weights.clone();
        for (int j = 0; j < batch.count(); j++) {
            counts[batch.labels()[j]]++;
            weights[batch.labels()[j]] += batch.weights()[j];
        }
        if (wanted != null) {
            wanted.begin(sums, before, weights);
        }
        for (int j = 0; j < batch.count(); j++) {
            sums.add(batch.labels()[j], batch.features(), j * featureDimension, batch.weights()[j]);
        }
        if (wanted != null) {
            wanted.update(batch, sums, before, weights);
        }
    }

    @Override
    public void merge(Accumulator<?> other) {
        if (!(other instanceof MomentsAccumulator that)
                || that.counts.length != counts.length
                || that.featureDimension != featureDimension
                || (that.scatter == null) != (scatter == null)) {
            throw new IllegalArgumentException("states differ: expected " + this + ", found " + other);
        }
        if (scatter != null && that.scatter != null) {
            scatter.merge(sums, weights, that.scatter, that.sums, that.weights);
        }
        sums.merge(that.sums);
        for (int k = 0; k < counts.length; k++) {
            counts[k] += that.counts[k];
            weights[k] += that.weights[k];
        }
    }

    @Override
    public String toString() {
        return "moments of K = " + counts.length + ", d = " + featureDimension
                + (scatter == null ? "" : " with scatter");
    }

    @Override
    public ClassMoments snapshot() {
        Matrix means = sums.means(weights);
        Optional<WithinScatter> within =
                scatter == null ? Optional.empty() : Optional.of(scatter.snapshot(means, weights));
        return new ClassMoments(counts.clone(), weights.clone(), means, sums.remainders(means, weights), within);
    }

    /** The binary form: K·(2d + 2) numbers; with scatter, d² + K·(d + 2) more. */
    @Override
    public byte[] toBytes() {
        long payload = 1 + Long.BYTES * payloadNumbers(counts.length, featureDimension, scatter != null);
        StateWriter writer = new StateWriter(State.MOMENTS, counts.length, featureDimension, payload)
                .put(scatter != null)
                .put(counts)
                .put(weights);
        sums.write(writer);
        if (scatter != null) {
            scatter.write(writer);
        }
        return writer.finish();
    }

    /** @throws StateFormatException if the bytes are not such a state */
    public static MomentsAccumulator fromBytes(byte[] state) {
        StateReader reader = new StateReader(state, State.MOMENTS);
        return read(reader, reader.classes(), reader.featureDimension(), reader.flag());
    }

    private static MomentsAccumulator read(StateReader reader, int classes, int d, boolean withScatter) {
        reader.requireRemaining(Long.BYTES * payloadNumbers(classes, d, withScatter));
        long[] counts = reader.counts(classes);
        double[] weights = reader.weights(classes);
        ClassSums sums = ClassSums.read(reader, d, classes);
        return new MomentsAccumulator(
                d, counts, weights, sums, withScatter ? ScatterAccumulator.read(reader, classes, d) : null);
    }

    private static long payloadNumbers(long classes, long d, boolean withScatter) {
        return classes * (2 * d + 2) + (withScatter ? classes * (d + 2) + d * d : 0);
    }
}
