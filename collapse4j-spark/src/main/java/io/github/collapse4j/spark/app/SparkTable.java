package io.github.collapse4j.spark.app;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.spark.ColumnException;
import io.github.collapse4j.spark.DatasetPasses;
import io.github.collapse4j.spark.FeatureColumns;
import io.github.collapse4j.spark.SampleColumns;
import io.github.collapse4j.spark.SampleException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table whose columns have been assigned roles.
 *
 * @param name what messages call it
 * @param data rows of the table
 * @param columns the columns to read
 * @param notes notes on columns that are left out
 */
record SparkTable(String name, Dataset<Row> data, SampleColumns columns, List<String> notes) {

    /**
     * The samples of the table.
     *
     * @param classes K; if empty, inferred from the labels
     * @throws InputException if there are no samples, or if they are labelled and K is 1
     */
    DatasetPasses samples(OptionalInt classes) throws InputException {
        try {
            DatasetPasses samples = DatasetPasses.of(data, columns, classes);
            if (columns.label().isPresent() && samples.classes() < 2) {
                throw new InputException(name + ": column " + columns.label().get()
                        + ": expected labels of at least 2 classes, found class 0 alone");
            }
            return samples;
        } catch (ColumnException | SampleException e) {
            throw new InputException(name + ": " + e.getMessage());
        }
    }

    /** {@return the columns to open another table with: the same label column, unless another is requested} */
    TableColumns labelled(TableColumns wanted) {
        Optional<String> label = columns.label();
        return wanted.label().isPresent() || label.isEmpty() ? wanted : wanted.withLabel(label.get());
    }

    /**
     * Reorders the features to match another table.
     *
     * @throws InputException if the feature names differ
     */
    SparkTable alignedWith(SparkTable first) throws InputException {
        FeatureColumns theirs = first.columns().features();
        if (theirs instanceof FeatureColumns.Arrays && columns.features() instanceof FeatureColumns.Arrays) {
            return this;
        }
        if (theirs instanceof FeatureColumns.Numbers expected
                && columns.features() instanceof FeatureColumns.Numbers found) {
            List<String> missing = without(expected.columns(), found.columns());
            List<String> more = without(found.columns(), expected.columns());
            if (missing.isEmpty() && more.isEmpty()) {
                return new SparkTable(
                        name, data, new SampleColumns(expected, columns.label(), columns.weight()), notes);
            }
            throw new InputException(name + ": expected the feature columns of " + first.name() + ", found "
                    + (missing.isEmpty() ? "" : "no " + missing)
                    + (missing.isEmpty() || more.isEmpty() ? "" : " and ")
                    + (more.isEmpty() ? "" : more + " besides"));
        }
        throw new InputException(name + ": expected features in " + kind(theirs) + " as in " + first.name() + ", found "
                + kind(columns.features()));
    }

    private static String kind(FeatureColumns columns) {
        return columns instanceof FeatureColumns.Arrays ? "a column of arrays" : "single columns";
    }

    private static List<String> without(List<String> names, List<String> others) {
        Set<String> present = new HashSet<>(others);
        return names.stream().filter(name -> !present.contains(name)).toList();
    }
}
