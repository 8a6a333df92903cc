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
 * predictions of what was written, rounding included, with those of the original.
 *
 * @param folder where features.npy ({@code N×r}), weights.npy ({@code K×r}), projection.npy ({@code r×d}) and, with a bias,
 *     bias.npy go
 */
public record LayerCompression(Path folder) {
    private static final int ENTRIES_AT_ONCE = 1 << 19;

    /**
     * What was done.
     *
     * @param featureDimension r
     * @param bytesBefore of features and weights, as they would be in the same type
     * @param bytesAfter of features, weights and projection
     * @param comparison of the predictions
     */
    public record Result(int featureDimension, long bytesBefore, long bytesAfter, PredictionComparison comparison) {}

    /**
     * Compresses; the files appear when all of them are complete but for the last step.
     *
     * @param samples streamed in order; where they have labels, labels.npy is written too
     * @param classifier W, {@code K×d}
     * @param bias where the layer has one
     * @param projection what to keep
     * @param progress told the number of samples done
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
        try (NpyRowWriter rows = writer.openMatrix(folder.resolve("features.npy"), samples.samples(), r);
                SampleReader reader = samples.open()) {
            SampleBatch batch = new SampleBatch(d, Math.max(1, ENTRIES_AT_ONCE / d));
            while (reader.next(batch)) {
                int count = batch.count();
                Matrix features = Matrix.wrap(d, count, Arrays.copyOf(batch.features(), d * count));
                Matrix projected = rounded(projection.project(features), single);
                comparison.add(features, projected);
                rows.append(projected.data(), count);
                for (int j = 0; j < count; j++) {
                    labels.add(batch.labels()[j]);
                }
                progress.accept(comparison.samples());
            }
            writeMatrix(writer, "weights.npy", folded);
            writeMatrix(writer, "projection.npy", projection.projection());
            if (bias.isPresent()) {
                writer.writeVector(folder.resolve("bias.npy"), bias.get());
            } else {
                Files.deleteIfExists(
                        folder.resolve("bias.npy")); // of an earlier layer: it would be taken for this one's
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
        return new Result(r, bytes * (n * d + weights), bytes * (n * r + small), comparison);
    }

    private void writeMatrix(NpyWriter writer, String name, Matrix matrix) throws IOException {
        writer.writeMatrix(
                folder.resolve(name), matrix.data(), matrix.rows(), matrix.columns(), NpyWriter.Layout.COLUMN_MAJOR);
    }

    /** Rounds in place where the file holds single precision, so that what is compared is what is written. */
    private static Matrix rounded(Matrix matrix, boolean single) {
        double[] data = matrix.data();
        for (int i = 0; single && i < data.length; i++) {
            data[i] = (float) data[i];
        }
        return matrix;
    }
}
