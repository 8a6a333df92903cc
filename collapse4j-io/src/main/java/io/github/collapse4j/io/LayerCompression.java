package io.github.collapse4j.io;

import io.github.collapse4j.io.array.DType;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.npy.NpyRowWriter;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.lastlayer.LogitProjection;
import io.github.collapse4j.lastlayer.PredictionComparison;
import io.github.collapse4j.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;

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
     */
    public record Result(int featureDimension, long bytesBefore, long bytesAfter, PredictionComparison comparison) {}

    /**
     * Compresses the layer. No file appears under its name before all are complete.
     *
     * @param features {@code N×d}; streamed
     * @param classifier W, {@code K×d}
     * @param bias b, if the layer has one
     * @param projection the projection to apply
     * @param progress receives the number of samples processed so far
     */
    public Result write(
            NumericMatrix features,
            Matrix classifier,
            Optional<double[]> bias,
            LogitProjection projection,
            LongConsumer progress)
            throws IOException {
        int d = classifier.columns();
        int r = projection.featureDimension();
        DType given = features.array().header().dtype();
        boolean single = given.kind() == DType.Kind.FLOAT && given.itemBytes() < Double.BYTES;
        NpyWriter writer = new NpyWriter(single ? NpyWriter.Type.FLOAT32 : NpyWriter.Type.FLOAT64);
        Matrix folded = rounded(projection.classifier().copy(), single);
        PredictionComparison comparison =
                new PredictionComparison(classifier, folded, bias.orElseGet(() -> new double[classifier.rows()]));
        Files.createDirectories(folder);
        try (NpyRowWriter rows = writer.openMatrix(folder.resolve("features.npy"), features.rows(), r)) {
            int atOnce = (int) Math.max(1, Math.min(features.rows(), ENTRY_CHUNK / d));
            for (long first = 0; first < features.rows(); first += atOnce) {
                int count = (int) Math.min(atOnce, features.rows() - first);
                Matrix batch = Matrix.zeros(d, count);
                features.readRows(first, count, batch.data());
                requireFinite(features, first, batch);
                Matrix projected = rounded(projection.project(batch), single);
                comparison.add(batch, projected);
                rows.append(projected.data(), count);
                progress.accept(first + count);
            }
            writeMatrix(writer, "weights.npy", folded);
            writeMatrix(writer, "projection.npy", projection.projection());
            if (bias.isPresent()) {
                writer.writeVector(folder.resolve("bias.npy"), bias.get());
            } else {
                Files.deleteIfExists(folder.resolve("bias.npy")); // stale: would be taken for this layer's bias
            }
            rows.commit();
        }
        long bytes = single ? Float.BYTES : Double.BYTES;
        long weights = (long) classifier.rows() * d;
        long small = (long) classifier.rows() * r + (long) r * d;
        return new Result(
                r, bytes * (features.rows() * d + weights), bytes * (features.rows() * r + small), comparison);
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

    private static void requireFinite(NumericMatrix features, long first, Matrix batch) throws InputException {
        for (int i = 0; i < batch.data().length; i++) {
            if (!Double.isFinite(batch.data()[i])) {
                throw new InputException(features.array().name() + ": row " + (first + i / batch.rows()) + ", column "
                        + i % batch.rows() + ": expected a finite number, found " + batch.data()[i]);
            }
        }
    }
}
