package io.github.collapse4j.io;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.io.npy.NpyRowWriter;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.io.samples.ShardedSamples;
import io.github.collapse4j.lastlayer.LogitProjection;
import io.github.collapse4j.lastlayer.PredictionComparison;
import io.github.collapse4j.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * Writes a layer's features in the few dimensions that its logits depend on ({@link LogitProjection}), and compares the
 * predictions of the written layer, rounding included, with those of the original.
 *
 * @param folder destination of features.npy ({@code N×r}), weights.npy ({@code K×r}), projection.npy ({@code r×d}) and,
 *     if there is a bias, bias.npy
 */
public record LayerCompression(Path folder) {
    private static final int ENTRY_CHUNK = 1 << 19;

    /**
     * The outcome of a compression.
     *
     * @param featureDimension r
     * @param bytesBefore size of the original features and weights, in the type written
     * @param bytesAfter size of features, weights and projection
     * @param comparison original and compressed predictions compared
     * @param losesSign whether the original features have no negative entry, as after a ReLU, but the compressed ones do
     */
    public record Result(
            int featureDimension,
            long bytesBefore,
            long bytesAfter,
            PredictionComparison comparison,
            boolean losesSign) {}

    /**
     * Compresses the layer. No file appears under its name before all are complete.
     *
     * @param samples streamed in order; where they have labels, labels.npy is written too
     * @param classifier W, {@code K×d}
     * @param bias b, if the layer has one
     * @param projection the projection to apply
     * @param progress receives the number of samples processed so far
     */
    public Result write(
            ShardedSamples samples,
            Matrix classifier,
            Optional<double[]> bias,
            LogitProjection projection,
            LongConsumer progress)
            throws IOException {
        int d = classifier.columns();
        int r = projection.featureDimension();
        boolean single = samples.isSinglePrecision();
        NpyWriter writer = new NpyWriter(single ? NpyWriter.Type.FLOAT32 : NpyWriter.Type.FLOAT64);
        Matrix folded = rounded(projection.classifier().copy(), single);
        PredictionComparison comparison =
                new PredictionComparison(classifier, folded, bias.orElseGet(() -> new double[classifier.rows()]));
        Files.createDirectories(folder);
        LongStream.Builder labels = LongStream.builder();
        boolean wasNonnegative = true;
        boolean isNonnegative = true;
        try (NpyRowWriter rows = writer.openMatrix(folder.resolve("features.npy"), samples.samples(), r);
                SampleReader reader = samples.open()) {
            SampleBatch batch = new SampleBatch(d, Math.max(1, ENTRY_CHUNK / d));
            while (reader.next(batch)) {
                int count = batch.count();
                Matrix features = Matrix.wrap(d, count, Arrays.copyOf(batch.features(), d * count));
                Matrix projected = rounded(projection.project(features), single);
                comparison.add(features, projected);
                wasNonnegative &= isNonnegative(features);
                isNonnegative &= isNonnegative(projected);
                rows.append(projected.data(), count);
                for (int j = 0; j < count; j++) {
                    labels.add(batch.labels()[j]);
                }
                progress.accept(comparison.samples());
            }
            writeMatrix(writer, "weights.npy", folded);
            writeMatrix(writer, "projection.npy", projection.projection());
            Files.deleteIfExists(folder.resolve(TrainedObjective.FILE)); // stale: says what another layer minimises
            if (bias.isPresent()) {
                writer.writeVector(folder.resolve("bias.npy"), bias.get());
            } else {
                Files.deleteIfExists(folder.resolve("bias.npy")); // stale: would be taken for this layer's bias
            }
            if (samples.isLabelled()) {
                NpyWriter.writeLabels(
                        folder.resolve("labels.npy"), labels.build().toArray());
            }
            rows.commit();
        }
        long bytes = single ? Float.BYTES : Double.BYTES;
        long weights = (long) classifier.rows() * d;
        long small = (long) classifier.rows() * r + (long) r * d;
        long n = comparison.samples();
        return new Result(
                r, bytes * (n * d + weights), bytes * (n * r + small), comparison, wasNonnegative && !isNonnegative);
    }

    private static boolean isNonnegative(Matrix matrix) {
        return Arrays.stream(matrix.data()).allMatch(entry -> entry >= 0);
    }

    private void writeMatrix(NpyWriter writer, String name, Matrix matrix) throws IOException {
        writer.writeMatrix(
                folder.resolve(name), matrix.data(), matrix.rows(), matrix.columns(), NpyWriter.Layout.COLUMN_MAJOR);
    }

    /** Rounds in place if the file is in single precision, so that the comparison sees the values written. */
    private static Matrix rounded(Matrix matrix, boolean single) {
        double[] data = matrix.data();
        for (int i = 0; single && i < data.length; i++) {
            data[i] = (float) data[i];
        }
        return matrix;
    }
}
