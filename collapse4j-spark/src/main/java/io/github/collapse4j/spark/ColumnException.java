package io.github.collapse4j.spark;

import java.io.Serial;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructType;

/** A column is missing or has an unexpected type. The one-line message names it and lists the columns present. */
public final class ColumnException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1;

    ColumnException(String column, String expected, String found, StructType schema) {
        super("column " + column + ": expected " + expected + ", found " + found + "; the columns are "
                + Arrays.stream(schema.fields())
                        .map(field -> field.name() + " " + field.dataType().catalogString())
                        .collect(Collectors.joining(", ")));
    }
}
