package io.github.collapse4j.stats;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.FixedFactor;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.ScatterSum;
import io.github.collapse4j.linalg.Vectors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The second pass: squared deviations from the class means, per class and along directions (or as a full scatter
 * matrix). Deviations are formed before squaring, so a spread of 1e-7 relative to the means keeps its digits.
 */
public final class DeviationAccumulator implements Accumulator<Deviations> {
    private final WithinFrame frame;
    private final long fingerprint;
    private final DoubledSums squares;
    private final DoubledSums alongSquares;
    private final @Nullable ScatterSum scatter;

    /** Those of the last batch alone. */
    private final double[] ofClasses;

    private final double[] ofDirections;
    private final double[] sample;
    private final double[] centre;
    private double[] deviations = new double[0];
    private double[] along = new double[0];
    private double[] batchSquares = new double[0];
    private FixedFactor.@Nullable Workspace workspace;

    /** An empty accumulator for the given frame. */
    DeviationAccumulator(WithinFrame frame) {
        this(
                frame,
                frame.fingerprint(),
                new DoubledSums(frame.means().columns()),
                new DoubledSums(Math.max(0, frame.directions())),
                frame.directions() < 0 ? new ScatterSum(frame.means().rows()) : null);
    }

    private DeviationAccumulator(
            WithinFrame frame,
            long fingerprint,
            DoubledSums squares,
            DoubledSums alongSquares,
            @Nullable ScatterSum scatter) {
        this.frame = frame;
        this.fingerprint = fingerprint;
        this.squares = squares;
        this.alongSquares = alongSquares;
        this.scatter = scatter;
        this.ofClasses = new double[frame.means().columns()];
        this.ofDirections = new double[Math.max(0, frame.directions())];
        this.sample = new double[frame.means().rows()];
        this.centre = new double[sample.length];
    }

    /** The kind of accumulators with the given frame. */
    public static AccumulatorKind<DeviationAccumulator> kind(WithinFrame frame) {
        return new AccumulatorKind<>(
                DeviationAccumulator.class, () -> new DeviationAccumulator(frame), state -> fromBytes(frame, state));
    }

    @Override
    public void update(SampleBatch batch) {
        int d = frame.means().rows();
        BatchChecks.require(batch, ofClasses.length, d);
        prepare(batch.capacity());
        double[] means = frame.means().data();
        double[] features = batch.features();
        Arrays.fill(ofClasses, 0);
        for (int j = 0; j < batch.count(); j++) {
            int label = batch.labels()[j];
            double weight = batch.weights()[j];
            double root = weight == 1 ? 1 : Math.sqrt(weight);
            double square = deviation(features, j * d, means, label * d, root);
            batchSquares[j] = square;
            ofClasses[label] += square;
        }
        squares.add(ofClasses);
        if (scatter != null) {
            scatter.add(1, deviations, batch.count());
        } else if (workspace != null && ofDirections.length > 0) {
            workspace.multiply(deviations, batch.count(), along);
            Arrays.fill(ofDirections, 0);
            for (int j = 0; j < batch.count(); j++) {
                int first = j * ofDirections.length;
                for (int i = 0; i < ofDirections.length; i++) {
                    ofDirections[i] += along[first + i] * along[first + i];
                }
            }
            alongSquares.add(ofDirections);
        }
    }

    /**
     * For each sample of the last batch, its weight times the squared distance from its class mean; overwritten by the
     * next.
     */
    double[] batchSquares() {
        return batchSquares;
    }

    /** Writes root·(feature − mean) and returns its square. */
    private double deviation(double[] features, int from, double[] means, int mean, double root) {
        int d = sample.length;
        // Copied to matching indices: only such loops are vectorised by the compiler.
        System.arraycopy(features, from, sample, 0, d);
        System.arraycopy(means, mean, centre, 0, d);
        for (int i = 0; i < sample.length; i++) {
            sample[i] = root * (sample[i] - centre[i]);
        }
        System.arraycopy(sample, 0, deviations, from, d);
        return Vectors.squares(sample, 0, d);
    }

    private void prepare(int capacity) {
        int entries = Math.multiplyExact(capacity, frame.means().rows());
        if (deviations.length < entries) {
            deviations = new double[entries];
            batchSquares = new double[capacity];
            along = new double[Math.multiplyExact(capacity, ofDirections.length)];
            workspace = frame.workspace(capacity);
        }
    }

    @Override
    public void merge(Accumulator<?> other) {
        if (!(other instanceof DeviationAccumulator that) || that.fingerprint != fingerprint) {
            throw new IllegalArgumentException("states differ: their means or directions are not the same");
        }
        squares.merge(that.squares);
        alongSquares.merge(that.alongSquares);
        if (scatter != null && that.scatter != null) {
            scatter.set(scatter.toMatrix().add(1, that.scatter.toMatrix()));
        }
    }

    @Override
    public Deviations snapshot() {
        return scatter != null
                ? new Deviations.Whole(new WithinScatter(scatter.toMatrix(), squares.values()))
                : new Deviations.Along(squares.values(), alongSquares.values());
    }

    /** The binary form: two numbers for each class and direction, or for each class, and d². It holds the fingerprint of the frame, not the frame. */
    @Override
    public byte[] toBytes() {
        int d = frame.means().rows();
        StateWriter writer = new StateWriter(State.DEVIATIONS, ofClasses.length, d, payload(frame)).put(fingerprint);
        squares.write(writer);
        alongSquares.write(writer);
        if (scatter != null) {
            writer.put(scatter.toMatrix().data());
        }
        return writer.finish();
    }

    /** @throws StateFormatException if the bytes are not such a state or belong to another frame */
    static DeviationAccumulator fromBytes(WithinFrame frame, byte[] state) {
        StateReader reader = new StateReader(state, State.DEVIATIONS);
        reader.requireFrame(frame.means().columns(), frame.means().rows());
        reader.requireRemaining(payload(frame));
        long fingerprint = frame.fingerprint();
        reader.requireFingerprint(fingerprint);
        int d = frame.means().rows();
        DeviationAccumulator result = new DeviationAccumulator(
                frame,
                fingerprint,
                DoubledSums.readNonnegative(reader, frame.means().columns()),
                DoubledSums.readNonnegative(reader, Math.max(0, frame.directions())),
                frame.directions() < 0 ? new ScatterSum(d) : null);
        if (result.scatter != null) {
            result.scatter.set(Matrix.wrap(d, d, reader.numbers((long) d * d)));
        }
        return result;
    }

    private static long payload(WithinFrame frame) {
        long d = frame.means().rows();
        long numbers = 1L + 2L * frame.means().columns() + (frame.directions() < 0 ? d * d : 2L * frame.directions());
        return Long.BYTES * numbers;
    }
}
