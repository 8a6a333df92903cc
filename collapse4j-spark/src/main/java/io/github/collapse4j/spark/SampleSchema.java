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

/** The columns of samples, resolved in a schema. */
record SampleSchema(SampleColumns columns, FeatureType features) {
    /** Position of the features in the output of {@link #select}; label and weight follow. */
    static final int FEATURES = 0;

    static final int LABEL = 1;
    static final int WEIGHT = 2;

    private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType);

    /**
     * @throws ColumnException if a column is missing or has the wrong type
     */
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

    /** Selects only features, label and weight; labels and weights as doubles, which represent every label exactly. */
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

    /** The label as a double; 0 if samples have none. */
    Column label() {
        return columns.label().map(SampleSchema::number).orElse(functions.lit(0.0));
    }

    /** The weight as a double; 1 if samples have none. */
    Column weight() {
        return columns.weight().map(SampleSchema::number).orElse(functions.lit(1.0));
    }

    /** A column by its literal name, which may contain dots. */
    static Column column(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }

    static Column number(String name) {
        return column(name).cast(DataTypes.DoubleType);
    }

    /** The part that tasks need. */
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
