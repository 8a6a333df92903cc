package io.github.collapse4j.io.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.io.samples.TableColumns;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files written by pyarrow. */
class ParquetGoldenTest {
    private static final int SAMPLES = 10;
    private static final int DIMENSION = 3;

    @TempDir
    private Path directory;

    private SampleSource open(String name) throws IOException {
        return new SampleFiles(InputStream.nullInputStream())
                .open(SampleRequest.of(copy(name).toString(), null));
    }

    private Path copy(String name) throws IOException {
        Path copy = directory.resolve(name + ".parquet");
        try (InputStream in = ParquetGoldenTest.class.getResourceAsStream("/parquet/" + name + ".parquet")) {
            Files.copy(Objects.requireNonNull(in, name), copy);
        }
        return copy;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list_none",
                "list_snappy",
                "list_gzip",
                "list_zstd",
                "list_lz4",
                "fixed",
                "large_list",
                "groups",
                "version2",
                "split",
                "two_level",
                "columns",
                "pandas"
            })
    void readsWhatPyarrowWrote(String name) throws IOException {
        SampleSource source = open(name);
        assertEquals(DIMENSION, source.featureDimension());
        assertEquals(4, source.classes());
        assertEquals(OptionalLong.of(SAMPLES), source.samples());
        int groups = name.equals("groups") ? 3 : 1;
        int first = 0;
        try (SampleReader reader = source.open()) {
            SampleBatch batch = new SampleBatch(DIMENSION, 100);
            for (int group = 0; group < groups; group++) {
                assertTrue(reader.next(batch));
                assertEquals(groups == 1 ? SAMPLES : group < 2 ? 4 : 2, batch.count());
                for (int i = 0; i < batch.count(); i++) {
                    int sample = first + i;
                    double[] expected = {10 * sample + 0.25, 10 * sample + 1.25, 10 * sample + 2.25};
                    assertArrayEquals(
                            expected, Arrays.copyOfRange(batch.features(), i * DIMENSION, (i + 1) * DIMENSION));
                    assertEquals(sample % 4, batch.labels()[i]);
                }
                first += batch.count();
            }
            assertFalse(reader.next(batch));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null_list    | row group 0, row 5, column features: expected a number, found null or an empty list",
                "empty_list   | row group 0, row 5, column features: expected a number, found null or an empty list",
                "null_element | row group 0, row 5, column features: expected a number, found null or an empty list at 1",
                "short        | row group 1, row 1: expected 3 features as in the first row, found 2",
                "long         | row group 1, row 1: expected 3 features as in the first row, found more",
                "longer_last  | row group 0, row 9: expected 3 features as in the first row, found more",
                "null_label   | row group 0, row 7, column label: expected a number, found null",
                "null_column  | row group 0, row 1, column h: expected a number, found null",
                "float_label  | row group 0, row 0, column label: expected an integer label, found 0.5",
                "strings      | expected numbers in every column except the label, found [features (list of STRING)]",
                "nested       | expected numbers in every column except the label, found [features (list)]",
                "no_rows      | expected at least one sample to infer the number of features, found none",
            })
    void refuses(String name, String message) {
        String found = refusal(name);
        assertTrue(found.contains(name + ".parquet: " + message), found);
        assertEquals(1, found.lines().count(), found);
    }

    /** Brotli would need a native library. */
    @Test
    void refusesBrotli() {
        String name = "list_brotli";
        String found = refusal(name);
        assertTrue(
                found.contains(
                        name
                                + ".parquet: row group 0: expected uncompressed, snappy, zstd, gzip or lz4 pages, found BROTLI"),
                found);
        assertEquals(1, found.lines().count(), found);
    }

    private String refusal(String name) {
        Exception thrown = assertThrows(Exception.class, () -> readAll(open(name)));
        assertTrue(thrown instanceof IOException || thrown instanceof UncheckedIOException, thrown::toString);
        return String.valueOf(thrown.getMessage());
    }

    private static void readAll(SampleSource source) {
        try (SampleReader reader = source.open()) {
            SampleBatch batch = new SampleBatch(source.featureDimension(), 100);
            while (reader.next(batch)) {
                assertTrue(batch.count() > 0);
            }
        }
    }

    @Test
    void takesTheColumnsOfTheNamesItIsGiven() throws IOException {
        SampleRequest request = SampleRequest.of(copy("no_label").toString(), null)
                .withColumns(TableColumns.usual().withLabel("class"));
        assertEquals(
                4, new SampleFiles(InputStream.nullInputStream()).open(request).classes());
    }
}
