package io.github.collapse4j.io.samples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.npy.NpyWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How files are combined. */
class SampleFilesTest {
    @TempDir
    private Path directory;

    private void features(String name, int rows, int columns) throws IOException {
        new NpyWriter(NpyWriter.Type.FLOAT64)
                .writeMatrix(
                        directory.resolve(name), new double[rows * columns], rows, columns, NpyWriter.Layout.ROW_MAJOR);
    }

    private SampleSource open(String features, @Nullable String labels, InputStream in) throws IOException {
        return new SampleFiles(in).open(SampleRequest.of(at(features), labels == null ? null : at(labels)));
    }

    private String at(String names) {
        return names.replace("@", directory.toString());
    }

    @Test
    void sharesOneLabelFileAmongShards() throws IOException {
        features("a.npy", 2, 3);
        features("b.npy", 3, 3);
        NpyWriter.writeLabels(directory.resolve("y.npy"), new long[] {0, 1, 2, 3, 4});
        SampleSource source = open("@/a.npy,@/b.npy", "@/y.npy", InputStream.nullInputStream());
        assertEquals(5, source.classes());
        SampleBatch batch = new SampleBatch(3, 9);
        try (SampleReader reader = source.open()) {
            assertTrue(reader.next(batch));
            assertEquals(2, batch.count());
            assertTrue(reader.next(batch));
            assertArrayEquals(new int[] {2, 3, 4}, Arrays.copyOf(batch.labels(), batch.count()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "@/a.npy           | none              | expected a label file as well, found none",
                "@/a.npy,@/a.npy   | @/y2.npy,@/y2.npy,@/y2.npy | expected one label file, or one for each of the 2 feature files, found 3",
                "@/a.npy,@/a.npy   | @/y2.npy          | expected a label for each of the 4 rows of 2 feature files, found 2",
                "@/a.npy           | @/y3.npy          | looks transposed (save features.T)",
                "@/a.npy           | @/a.npy           | expected a vector of class numbers, found 2×3",
                "@/a.npy           | @/f2.npy          | descr: expected integers or booleans",
                "@/a.npy,@/wide.npy| @/y2.npy,@/y2.npy | expected 3 feature columns as in",
                "@/none.npy        | @/y2.npy          | none.npy: no such file",
                "@/none.csv        | none              | none.csv: no such file",
                "@/t.csv           | @/y2.npy          | expected no label file",
                "@/t.csv,@/a.npy   | none              | a.npy: expected a table, as the other files are, found an array",
                "@/0x0.npy         | @/y0.npy          | expected 1 to 1048576 feature columns, found 0",
                "@/p.npy           | @/y2.npy          | perhaps a Parquet file",
                "-,@/a.npy         | @/y2.npy          | expected only features on standard input",
                "-                 | -                 | expected only features on standard input",
            })
    void refuses(String features, @Nullable String labels, String message) throws IOException {
        features("a.npy", 2, 3);
        features("wide.npy", 2, 4);
        features("0x0.npy", 0, 0);
        new NpyWriter(NpyWriter.Type.FLOAT64).writeVector(directory.resolve("f2.npy"), new double[2]);
        NpyWriter.writeLabels(directory.resolve("y0.npy"), new long[0]);
        NpyWriter.writeLabels(directory.resolve("y2.npy"), new long[2]);
        NpyWriter.writeLabels(directory.resolve("y3.npy"), new long[3]);
        Files.writeString(directory.resolve("t.csv"), "1,0\n");
        Files.writeString(directory.resolve("p.npy"), "PAR1PAR1");
        String found = String.valueOf(assertThrows(
                        IOException.class, () -> open(features, labels, new ByteArrayInputStream(new byte[0])))
                .getMessage());
        assertTrue(found.contains(message), found);
        assertEquals(1, found.lines().count(), found);
    }
}
