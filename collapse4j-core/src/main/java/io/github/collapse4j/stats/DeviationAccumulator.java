package io.github.collapse4j.stats;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.FixedFactor;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.ScatterSum;
import io.github.collapse4j.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * The second pass: squared deviations from the class means, per class and along directions (or as a full scatter
 * matrix). Deviations are formed before squaring, so a spread of 1e-7 relative to the means keeps its digits.
 */
public final class DeviationAccumulator implements Accumulator<Deviations> {
    private final WithinFrame frame;
    private final long fingerprint;
    private final double[] squares;
    private final double[] alongSquares;
    private final @Nullable ScatterSum scatter;
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
                new double[frame.means().columns()],
                new double[Math.max(0, frame.directions())],
                frame.directions() < 0 ? new ScatterSum(frame.means().rows()) : null);
    }

    private DeviationAccumulator(
            WithinFrame frame,
            long fingerprint,
            double[] squares,
            double[] alongSquares,
            @Nullable ScatterSum scatter) {
        this.frame = frame;
        this.fingerprint = fingerprint;
        this.squares = squares;
        this.alongSquares = alongSquares;
        this.scatter = scatter;
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
        BatchChecks.require(batch, squares.length, d);
        prepare(batch.capacity());
        double[] means = frame.means().data();
        double[] features = batch.features();
        for (int j = 0; j < batch.count(); j++) {
            int label = batch.labels()[j];
            double weight = batch.weights()[j];
            double root = weight == 1 ? 1 : Math.sqrt(weight);
            double square = deviation(features, j * d, means, label * d, root);
            batchSquares[j] = square;
            squares[label] += square;
        }
        if (scatter != null) {
            scatter.add(1, deviations, batch.count());
        } else if (workspace != null && alongSquares.length > 0) {
            workspace.multiply(deviations, batch.count(), along);
            int r = alongSquares.length;
            for (int j = 0; j < batch.count(); j++) {
                for (int i = 0; i < r; i++) {
                    alongSquares[i] += along[j * r + i] * along[j * r + i];
                }
            }
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
            along = new double[Math.multiplyExact(capacity, alongSquares.length)];
            workspace = frame.workspace(capacity);
        }
    }

    @Override
    public void merge(Accumulator<?> other) {
        if (!(other instanceof DeviationAccumulator that) || that.fingerprint != fingerprint) {
            throw new IllegalArgumentException("states differ: their means or directions are not the same");
        }
        for (int k = 0; k < squares.length; k++) {
            squares[k] += that.squares[k];
        }
        for (int i = 0; i < alongSquares.length; i++) {
            alongSquares[i] += that.alongSquares[i];
        }
        if (scatter != null && that.scatter != null) {
            scatter.set(scatter.toMatrix().add(1, that.scatter.toMatrix()));
        }
    }

    @Override
    public Deviations snapshot() {
        return scatter != null
                ? new Deviations.Whole(new WithinScatter(scatter.toMatrix(), squares.clone()))
                : new Deviations.Along(squares.clone(), alongSquares.clone());
    }

    /** The binary form: K and r numbers, or K and d². It holds the fingerprint of the frame, not the frame. */
    @Override
    public byte[] toBytes() {
        int d = frame.means().rows();
        StateWriter writer = new StateWriter(State.DEVIATIONS, squares.length, d, payload(frame))
                .put(fingerprint)
                .put(squares)
                .put(alongSquares);
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
        DeviationAccumulator result = new DeviationAccumulator(frame);
        reader.requireFingerprint(result.fingerprint);
        int d = frame.means().rows();
        copy(reader.weights(result.squares.length), result.squares);
        copy(reader.weights(result.alongSquares.length), result.alongSquares);
        if (result.scatter != null) {
            result.scatter.set(Matrix.wrap(d, d, reader.numbers((long) d * d)));
        }
        return result;
    }

    private static void copy(double[] from, double[] to) {
        System.arraycopy(from, 0, to, 0, to.length);
    }

    private static long payload(WithinFrame frame) {
        long d = frame.means().rows();
        long numbers = 1L + frame.means().columns() + (frame.directions() < 0 ? d * d : frame.directions());
        return Long.BYTES * numbers;
    }
}
