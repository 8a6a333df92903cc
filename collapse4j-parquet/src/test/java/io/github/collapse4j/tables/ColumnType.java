package io.github.collapse4j.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType;

/** A row of the table of rules in {@code docs/spark.md}. */
record ColumnType(String parquet, String spark, String asLabel, String asFeature, List<String> examples) {
    private static final Path RULES = Path.of("..", "docs", "spark.md");

    /** All rows. */
    static Stream<ColumnType> all() {
        try (Stream<String> lines = Files.lines(RULES)) {
            List<ColumnType> types = lines.dropWhile(line -> !line.equals("<!-- column types -->"))
                    .takeWhile(line -> !line.equals("<!-- end -->"))
                    .skip(3)
                    .map(ColumnType::of)
                    .toList();
            if (types.size() < 20) {
                throw new AssertionError(RULES + " has " + types.size() + " types of columns");
            }
            return types.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ColumnType of(String line) {
        String[] cells =
                Arrays.stream(line.split("\\|")).map(String::strip).skip(1).toArray(String[]::new);
        return new ColumnType(
                cells[0].replace("`", ""),
                cells[1].replace("`", ""),
                cells[2],
                cells[3],
                List.of(cells[4].split(", ")));
    }

    /** {@return the declaration of a column of this type} */
    String column(String repetition, String name) {
        int space = parquet.indexOf(' ');
        return space < 0
                ? repetition + " " + parquet + " " + name + ";"
                : repetition + " " + parquet.substring(0, space) + " " + name + parquet.substring(space) + ";";
    }

    PrimitiveType type() {
        return MessageTypeParser.parseMessageType("message t { " + column("required", "x") + " }")
                .getType(0)
                .asPrimitiveType();
    }

    boolean isSpark() {
        return !spark.equals("none");
    }

    /** {@return whether the type has negative values} */
    boolean isSigned() {
        return !parquet.equals("boolean") && !parquet.contains(",false");
    }

    @Override
    public String toString() {
        return parquet;
    }
}
