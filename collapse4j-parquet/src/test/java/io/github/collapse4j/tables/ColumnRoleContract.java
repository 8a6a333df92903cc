package io.github.collapse4j.tables;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.samples.TableColumns;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles of columns: no feature is left out silently, and no other column is taken for a feature. */
public abstract class ColumnRoleContract extends TableContract {
    private static final String LIST = ParquetTable.list("embeddings", "optional float element;");
    private static final TableColumns USUAL = TableColumns.usual();

    private static void assertContains(String message, String... parts) {
        for (String part : parts) {
            assertTrue(message.contains(part), () -> "'" + part + "' in: " + message);
        }
    }

    @Test
    void everyColumnOfNumbersIsAFeature() throws IOException {
        Samples samples = read(ParquetTable.of(
                "optional double f0; optional int32 f1; optional double f2; optional boolean f3; optional int64 label;",
                "0.5 1 2.5 true 0",
                "1.5 2 3.5 false 1"));
        assertEquals(4, samples.dimension());
        assertArrayEquals(new double[] {0.5, 1, 2.5, 1, 1.5, 2, 3.5, 0}, samples.features());
        assertEquals(List.of(), samples.notes());
    }

    @Test
    void aListBesideANumberNeedsARequest() throws IOException {
        ParquetTable table = ParquetTable.of(
                "optional double score; " + LIST + " optional int64 label;", "0.5 [1;2] 0", "1.5 [3;4] 1");
        assertContains(refusal(table, USUAL), "embeddings", "--feature-column embeddings");
        assertArrayEquals(
                new double[] {1, 2, 3, 4},
                read(table, USUAL.withFeatures("embeddings")).features());
    }

    @Test
    void aListNamedFeaturesIsUsed() throws IOException {
        ParquetTable table = ParquetTable.of(
                "optional binary path (STRING); " + ParquetTable.list("features", "optional double element;")
                        + " optional int64 label;",
                "a [1;2] 0",
                "b [3;4] 1");
        assertArrayEquals(new double[] {1, 2, 3, 4}, read(table).features());
    }

    @ParameterizedTest
    @CsvSource({"embedings, 'embeddings, label'", "Features, 'embeddings, label'", "label, 'lists of numbers'"})
    void aListColumnThatIsMissingOrOfAnotherType(String asked, String found) {
        ParquetTable table = ParquetTable.of(LIST + " optional int64 label;", "[1;2] 0", "[3;4] 1");
        assertContains(refusal(table, USUAL.withFeatures(asked)), asked, found);
    }

    @Test
    void aMissingListColumnBesideNumbers() {
        ParquetTable table =
                ParquetTable.of("optional double f0; optional double f1; optional int64 label;", "1 2 0", "3 4 1");
        assertContains(refusal(table, USUAL.withFeatures("embedings")), "'embedings'", "f0, f1, label");
    }

    @Test
    void aNonNumericColumnIsNamed() throws IOException {
        ParquetTable table = ParquetTable.of(
                "optional double f0; optional binary path (STRING); optional group box { optional double w; }"
                        + " optional int64 label;",
                "0.5 a [1] 0",
                "1.5 b [2] 1");
        assertContains(refusal(table, USUAL), "path (", "box (", "--index-column path,box");
        assertArrayEquals(
                new double[] {0.5, 1.5},
                read(table, USUAL.withIndex(List.of("path", "box"))).features());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"int64 __index_level_0__", "binary __index_level_0__ (STRING)", "int32 id", "binary id (STRING)"
            })
    void rowNumbersAreNotAFeature(String column) throws IOException {
        ParquetTable table = ParquetTable.of(
                "optional double f0; optional int64 label; optional " + column + ";", "0.5 0 7", "1.5 1 8", "2.5 1 9");
        Samples samples = read(table);
        assertArrayEquals(new double[] {0.5, 1.5, 2.5}, samples.features());
        assertEquals(1, samples.notes().size());
        assertContains(
                samples.notes().get(0),
                column.substring(column.indexOf(' ') + 1).replaceFirst(" .*", ""),
                "--index-column none");
    }

    @Test
    void anIndexFromPandasIsNotAFeature() throws IOException {
        ParquetTable table = ParquetTable.of(
                        "optional double f0; optional int64 label; optional double sample;", "0.5 0 7.5", "1.5 1 1.5")
                .withMetadata("pandas", "{\"index_columns\": [\"sample\"], \"columns\": []}");
        Samples samples = read(table);
        assertArrayEquals(new double[] {0.5, 1.5}, samples.features());
        assertContains(samples.notes().get(0), "sample");
        assertEquals(2, read(table, USUAL.withIndex(List.of())).dimension());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"index_columns\": 3}",
                "{\"index_columns\": [{\"kind\": \"range\"}, null]}",
                "{"
            })
    void otherMetadataNamesNoIndex(String metadata) throws IOException {
        ParquetTable table = ParquetTable.of("optional double f0; optional int64 label;", "0.5 0", "1.5 1")
                .withMetadata("pandas", metadata);
        assertEquals(1, read(table).dimension());
    }

    @Test
    void ambiguousRowNumbersAreRefused() throws IOException {
        ParquetTable table =
                ParquetTable.of("optional double f0; optional int64 id; optional int64 label;", "0.5 7 0", "1.5 3 1");
        assertContains(refusal(table, USUAL), "column id", "--index-column id", "--index-column none");
        assertEquals(1, read(table, USUAL.withIndex(List.of("id"))).dimension());
        assertEquals(2, read(table, USUAL.withIndex(List.of())).dimension());
    }

    @Test
    void aRequestedIndexAddsToThoseFound() throws IOException {
        ParquetTable table = ParquetTable.of(
                "optional double f0; optional binary path (STRING); optional int64 label; optional int64 __index_level_0__;",
                "0.5 a 0 5",
                "1.5 b 1 2");
        assertArrayEquals(
                new double[] {0.5, 1.5},
                read(table, USUAL.withIndex(List.of("path"))).features());
        assertContains(refusal(table, USUAL.withIndex(List.of("pth"))), "'pth'", "path");
    }

    @Test
    void labels() throws IOException {
        String numbers = "optional double f0; optional double f1;";
        assertArrayEquals(
                new int[] {0, 1},
                read(ParquetTable.of(numbers + " optional int64 Target;", "1 2 0", "3 4 1"))
                        .labels());
        assertContains(
                refusal(
                        ParquetTable.of(numbers + " optional int64 y; optional int64 class;", "1 2 0 0", "3 4 1 1"),
                        USUAL),
                "'y'",
                "'class'",
                "--label-column");
        assertContains(refusal(ParquetTable.of(numbers, "1 2", "3 4"), USUAL), "'label'", "f0", "f1", "--label-column");
        assertContains(
                refusal(
                        ParquetTable.of(numbers + " optional int64 label;", "1 2 0", "3 4 1"),
                        USUAL.withLabel("lable")),
                "'lable'",
                "f0, f1, label");
        assertContains(
                refusal(ParquetTable.of(numbers + " optional binary label (STRING);", "1 2 a", "3 4 b"), USUAL),
                "np.unique(y, return_inverse=True)[1]");
    }

    @Test
    void oneClassIsRefused() {
        ParquetTable table = ParquetTable.of("optional double f0; optional int64 label;", "1 0", "2 0");
        assertContains(
                refusal(table, USUAL), "column label: expected labels of at least 2 classes, found class 0 alone");
    }

    @Test
    void millionsOfClassesAreRefused() {
        ParquetTable table = ParquetTable.of("optional double f0; optional int64 label;", "1 0", "2 2000000000");
        assertContains(refusal(table, USUAL), "expected labels below 1048576", "found 2000000000");
    }

    @Test
    void filesAreAlignedByName() throws IOException {
        ParquetTable first =
                ParquetTable.of("optional double f0; optional double f1; optional int64 label;", "1 10 0", "2 20 1");
        ParquetTable second =
                ParquetTable.of("optional int64 label; optional double f1; optional double f0;", "1 30 3", "0 40 4");
        Samples samples = read(List.of(first, second), USUAL);
        assertArrayEquals(new double[] {1, 10, 2, 20, 3, 30, 4, 40}, samples.features());
        assertArrayEquals(new int[] {0, 1, 1, 0}, samples.labels());
        Samples reversed = read(List.of(second, first), USUAL);
        assertArrayEquals(new double[] {10, 1, 20, 2, 30, 3, 40, 4}, reversed.features());
    }

    @Test
    void filesWithOtherColumnsAreRefused() {
        ParquetTable first =
                ParquetTable.of("optional double f0; optional double f1; optional int64 label;", "1 10 0", "2 20 1");
        ParquetTable other =
                ParquetTable.of("optional double f0; optional double g1; optional int64 label;", "1 10 0", "2 20 1");
        ParquetTable more = ParquetTable.of(
                "optional double f0; optional double f1; optional double f2; optional int64 label;",
                "1 10 5 0",
                "2 20 5 1");
        assertContains(refusal(List.of(first, other), USUAL), "g1");
        assertContains(refusal(List.of(first, more), USUAL), "f2");
        assertContains(refusal(List.of(more, first), USUAL), "f2");
    }
}
