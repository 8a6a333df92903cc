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
     * @param features {@code N×d}; streamed
     * @param classifier W, {@code K×d}
     * @param bias where the layer has one
     * @param projection what to keep
     * @param progress told the number of samples done
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
            int atOnce = (int) Math.max(1, Math.min(features.rows(), ENTRIES_AT_ONCE / d));
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
                Files.deleteIfExists(
                        folder.resolve("bias.npy")); // of an earlier layer: it would be taken for this one's
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

    /** Rounds in place where the file holds single precision, so that what is compared is what is written. */
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
