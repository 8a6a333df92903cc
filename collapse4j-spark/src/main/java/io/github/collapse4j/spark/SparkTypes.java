package io.github.collapse4j.spark;

import io.github.collapse4j.io.samples.ColumnKind;
import io.github.collapse4j.io.samples.TypedColumn;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/** Maps Spark types to {@link TypedColumn}s. */
public final class SparkTypes {
    private SparkTypes() {}

    /** {@return the columns of a table} */
    public static List<TypedColumn> columns(StructType schema) {
        return Arrays.stream(schema.fields())
                .map(field -> new TypedColumn(
                        field.name(), kind(field.dataType()), field.dataType().catalogString()))
                .toList();
    }

    static ColumnKind kind(DataType type) {
        if (FeatureType.of(type) != null) {
            return ColumnKind.NUMBERS;
        }
        boolean isInteger = type instanceof ByteType
                || type instanceof ShortType
                || type instanceof IntegerType
                || type instanceof LongType;
        if (isInteger) {
            return ColumnKind.INTEGER;
        }
        if (isNumber(type)) {
            return ColumnKind.NUMBER;
        }
        return type instanceof StringType ? ColumnKind.TEXT : ColumnKind.OTHER;
    }

    /** {@return whether values are single numbers, counting booleans as 0 and 1} */
    static boolean isNumber(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType;
    }

    /** {@return whether values are arrays of numbers} */
    static boolean isArray(DataType type) {
        return type instanceof ArrayType array && isNumber(array.elementType());
    }
}
