package io.github.collapse4j.stats;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.Matrix;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first pass: counts, weights and means of the classes and, if wanted, the scatter within them, {@code d×d}, so that no
 * second pass is needed. States of any parts of the samples merge to the state of the whole. Not for several threads at
 * once.
 */
public final class MomentsAccumulator {
    private final int featureDimension;
    private final long[] counts;
    private final double[] weights;
    private final ClassSums sums;
    private final @Nullable ScatterAccumulator scatter;

    /**
     * An empty state.
     *
     * @param classes K, labels are 0…K−1
     * @param featureDimension d
     * @param withScatter whether to sum the scatter within classes too, at the cost of d² numbers and operations
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

    /** K. */
    public int classes() {
        return counts.length;
    }

    /** d. */
    public int featureDimension() {
        return featureDimension;
    }

    /** N so far. */
    public long samples() {
        return Arrays.stream(counts).sum();
    }

    /** @throws IllegalArgumentException if a feature or weight is not finite, a weight negative or a label out of range */
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

    /** Adds what another state has seen; the other is not changed. */
    public void merge(MomentsAccumulator other) {
        if (other.counts.length != counts.length
                || other.featureDimension != featureDimension
                || (other.scatter == null) != (scatter == null)) {
            throw new IllegalArgumentException("states differ: expected " + describe() + ", found " + other.describe());
        }
        if (scatter != null && other.scatter != null) {
            scatter.merge(sums, weights, other.scatter, other.sums, other.weights);
        }
        sums.merge(other.sums);
        for (int k = 0; k < counts.length; k++) {
            counts[k] += other.counts[k];
            weights[k] += other.weights[k];
        }
    }

    private String describe() {
        return "K = " + counts.length + ", d = " + featureDimension + (scatter == null ? "" : " with scatter");
    }

    /** What has been seen so far; later updates do not change it. */
    public ClassMoments snapshot() {
        Matrix means = sums.means(weights);
        Optional<WithinScatter> within =
                scatter == null ? Optional.empty() : Optional.of(scatter.snapshot(means, weights));
        return new ClassMoments(counts.clone(), weights.clone(), means, sums.remainders(means, weights), within);
    }

    /** The binary form, K·(2d + 2) numbers, with scatter d² + K·(d + 2) more. */
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
        int classes = reader.classes();
        int d = reader.featureDimension();
        boolean withScatter = reader.flag();
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
