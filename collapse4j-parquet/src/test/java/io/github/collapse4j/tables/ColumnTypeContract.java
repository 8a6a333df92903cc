package io.github.collapse4j.tables;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.samples.TableColumns;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The types of columns, by the table in {@code docs/spark.md}. */
public abstract class ColumnTypeContract extends TableContract {
    /** {@return whether a table with a column of this type can be opened at all} */
    protected abstract boolean opens(boolean isSpark);

    /** With and without dictionaries, which matters where Spark does not decode. */
    private List<ParquetTable> encodings(ParquetTable table) {
        return opens(false) ? List.of(table, table.withoutDictionary()) : List.of(table);
    }

    static Stream<ColumnType> types() {
        return ColumnType.all();
    }

    static Stream<ColumnType> numbers() {
        return ColumnType.all().filter(type -> type.asFeature().equals("read"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void labels(ColumnType type) throws IOException {
        String[] labels =
                type.parquet().equals("boolean") ? new String[] {"0", "1", "0"} : new String[] {"0", "1", "2"};
        ParquetTable table = ParquetTable.of(
                type.column("optional", "label") + " optional double x;",
                labels[0] + " 0.5",
                labels[1] + " 1.5",
                labels[2] + " 2.5");
        for (ParquetTable encoded : encodings(table)) {
            if (type.asLabel().equals("refused") || !opens(type.isSpark())) {
                String message = refusal(encoded, TableColumns.usual());
                assertFalse(
                        opens(type.isSpark())
                                && !message.contains("column label: expected integers of at least 0, found"),
                        message);
            } else {
                Samples samples = read(encoded);
                assertArrayEquals(new double[] {0.5, 1.5, 2.5}, samples.features());
                assertArrayEquals(Stream.of(labels).mapToInt(Integer::parseInt).toArray(), samples.labels());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void invalidLabels(ColumnType type) throws IOException {
        if (!opens(type.isSpark())) {
            return;
        }
        String columns = type.column("optional", "label") + " optional double x;";
        String missing = refusal(ParquetTable.of(columns, "0 0.5", "1 1.5", "null 2.5"), TableColumns.usual());
        assertTrue(missing.contains("row 2, column label: expected"), missing);
        if (type.isSigned()) {
            String negative = refusal(ParquetTable.of(columns, "0 0.5", "1 1.5", "-1 2.5"), TableColumns.usual());
            assertTrue(negative.contains("column label: expected") && negative.endsWith("found -1"), negative);
        }
        if (type.asLabel().equals("where whole")) {
            String broken = refusal(ParquetTable.of(columns, "0 0.5", "0.5 1.5", "1 2.5"), TableColumns.usual());
            assertTrue(broken.contains("row 1, column label: expected") && broken.contains("found 0.5"), broken);
        }
        if (type.parquet().equals("float")
                || type.parquet().equals("double")
                || type.parquet().contains("FLOAT16")) {
            refusal(ParquetTable.of(columns, "0 0.5", "1 1.5", "NaN 2.5"), TableColumns.usual());
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void features(ColumnType type) throws IOException {
        ParquetTable table = ParquetTable.of(
                "optional double before; " + type.column("optional", "x") + " optional int64 label;",
                "0.5 " + type.examples().get(0) + " 0",
                "1.5 " + type.examples().get(1) + " 1");
        for (ParquetTable encoded : encodings(table)) {
            if (type.asFeature().equals("refused") || !opens(type.isSpark())) {
                String message = refusal(encoded, TableColumns.usual());
                assertFalse(opens(type.isSpark()) && !message.contains("[x ("), message);
                assertFalse(opens(type.isSpark()) && !message.contains("--index-column x"), message);
            } else {
                assertArrayEquals(
                        new double[] {0.5, number(type, 0), 1.5, number(type, 1)},
                        read(encoded).features());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void listsOfFeatures(ColumnType type) throws IOException {
        if (!opens(type.isSpark())) {
            return;
        }
        ParquetTable table = ParquetTable.of(
                "optional int64 label; " + ParquetTable.list("features", type.column("optional", "element")),
                "0 [" + type.examples().get(0) + ";" + type.examples().get(1) + "]",
                "1 [" + type.examples().get(1) + ";" + type.examples().get(0) + "]");
        Samples samples = read(table);
        assertEquals(2, samples.dimension());
        // sorted by the first feature
        double[] found = samples.features();
        double a = number(type, 0);
        double b = number(type, 1);
        assertArrayEquals(a < b ? new double[] {a, b, b, a} : new double[] {b, a, a, b}, found);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void missingFeatures(ColumnType type) throws IOException {
        if (opens(type.isSpark())) {
            String message = refusal(
                    ParquetTable.of(
                            type.column("optional", "x") + " optional double y; optional int64 label;",
                            type.examples().get(0) + " 1 0",
                            "null 2 1"),
                    TableColumns.usual());
            assertTrue(message.contains("row 1, column x: expected a number, found null"), message);
        }
    }

    private static double number(ColumnType type, int example) {
        String text = type.examples().get(example);
        return switch (text) {
            case "false" -> 0;
            case "true" -> 1;
            default -> type.parquet().equals("float") ? Float.parseFloat(text) : Double.parseDouble(text);
        };
    }
}
