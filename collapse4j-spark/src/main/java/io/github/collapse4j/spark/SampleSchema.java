package io.github.collapse4j.spark;

import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of samples, found in a schema. */
record SampleSchema(SampleColumns columns, FeatureType features) {
    /** Features first, then label and weight, as {@link #select} leaves them. */
    static final int FEATURES = 0;

    static final int LABEL = 1;
    static final int WEIGHT = 2;

    private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType);

    /** @throws ColumnException if a column is missing or of another type */
    static SampleSchema of(StructType schema, SampleColumns columns) {
        FeatureType features = features(schema, columns.features());
        requireNumeric(schema, columns.label(), "whole numbers");
        requireNumeric(schema, columns.weight(), "numbers");
        return new SampleSchema(columns, features);
    }

    private static FeatureType features(StructType schema, FeatureColumns columns) {
        if (columns instanceof FeatureColumns.Numbers numbers) {
            numbers.columns().forEach(column -> requireNumeric(schema, Optional.of(column), "numbers"));
            return FeatureType.DOUBLES;
        }
        String expected = "an array of numbers or an ML vector";
        DataType type = type(schema, columns.place(), expected);
        FeatureType features = FeatureType.of(type);
        if (features == null) {
            throw new ColumnException(columns.place(), expected, type.catalogString(), schema);
        }
        return features;
    }

    private static void requireNumeric(StructType schema, Optional<String> column, String expected) {
        if (column.isPresent()) {
            DataType type = type(schema, column.get(), expected);
            if (!SparkTypes.isNumber(type)) {
                throw new ColumnException(column.get(), expected, type.catalogString(), schema);
            }
        }
    }

    private static DataType type(StructType schema, String column, String expected) {
        return Arrays.stream(schema.fields())
                .filter(field -> field.name().equals(column))
                .findFirst()
                .map(StructField::dataType)
                .orElseThrow(() -> new ColumnException(column, expected, "no such column", schema));
    }

    /** Features, label and weight and nothing else; labels and weights as doubles, which hold every label. */
    Dataset<Row> select(Dataset<Row> data) {
        return data.select(featureArray().as("features"), label().as("label"), weight().as("weight"));
    }

    /** The features as an array of floats or doubles, or as a vector. */
    private Column featureArray() {
        if (columns.features() instanceof FeatureColumns.Numbers numbers) {
            return functions.array(
                    numbers.columns().stream().map(SampleSchema::number).toArray(Column[]::new));
        }
        Column arrays = column(columns.features().place());
        return features == FeatureType.DOUBLES ? arrays.cast(DOUBLES) : arrays;
    }

    /** The features as an array of doubles. */
    Column featureNumbers() {
        Column array = featureArray();
        return features == FeatureType.VECTOR ? VectorNumbers.of(array) : array.cast(DOUBLES);
    }

    /** The label as a double; 0 where samples have none. */
    Column label() {
        return columns.label().map(SampleSchema::number).orElse(functions.lit(0.0));
    }

    /** The weight as a double; 1 where samples have none. */
    Column weight() {
        return columns.weight().map(SampleSchema::number).orElse(functions.lit(1.0));
    }

    /** A column as it is named, dots and all. */
    static Column column(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }

    static Column number(String name) {
        return column(name).cast(DataTypes.DoubleType);
    }

    /** What the tasks need of this. */
    RowReader reader(int featureDimension, int classes) {
        return new RowReader(
                features,
                new SampleRules(
                        featureDimension,
                        classes,
                        columns.features(),
                        columns.label().orElse(""),
                        columns.weight().orElse("")));
    }
}
