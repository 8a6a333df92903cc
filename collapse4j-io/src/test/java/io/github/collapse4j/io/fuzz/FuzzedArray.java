package io.github.collapse4j.io.fuzz;

import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.array.NumericMatrix;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.io.samples.contract.ReaderOracle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads an array that could be opened. */
final class FuzzedArray {
    private static final int MAX_LABELS = 1 << 16;
    private static final int CAPACITY = 3;

    private FuzzedArray() {}

    /** Reads an array in every possible way. */
    static void readAsFeaturesAndLabels(String location) throws IOException {
        ReaderOracle.check(() -> readSamples(location, location));
        NumericMatrix matrix = ArrayFile.open(location).matrix();
        if (matrix.rows() > MAX_LABELS) {
            return;
        }
        Path labels = Files.createTempFile("labels", ".npy");
        try {
            NpyWriter.writeLabels(labels, new long[(int) matrix.rows()]);
            readSamples(location, labels.toString());
        } finally {
            Files.delete(labels);
        }
    }

    private static void readSamples(String features, String labels) throws IOException {
        SampleFiles files = new SampleFiles(InputStream.nullInputStream());
        ReaderOracle.readAll(files.open(SampleRequest.of(features, labels)), CAPACITY);
    }
}
