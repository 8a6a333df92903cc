package io.github.collapse4j.io.parquet;

import io.github.collapse4j.io.samples.ColumnRoles;
import io.github.collapse4j.io.samples.TableColumns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * The columns to read from a file.
 *
 * @param features one column of lists, or columns of single numbers
 * @param isList whether the features are one column of lists
 * @param label the label column; without one, every sample is in class 0
 * @param labelName name of the label column, even if it is not read
 * @param notes notes on columns that are left out
 */
record ParquetColumns(
        List<NumberColumn> features,
        boolean isList,
        Optional<NumberColumn> label,
        Optional<String> labelName,
        List<String> notes) {

    /** The columns with the given roles. */
    static ParquetColumns of(MessageType schema, ColumnRoles roles, TableColumns.Labels labels) {
        return new ParquetColumns(
                roles.features().stream()
                        .map(column -> column(schema, column.name()))
                        .toList(),
                roles.isList(),
                labels == TableColumns.Labels.IGNORED
                        ? Optional.empty()
                        : roles.label().map(column -> column(schema, column.name())),
                roles.label().map(column -> column.name()),
                roles.notes());
    }

    /** A single column, treated as the labels. */
    static ParquetColumns single(MessageType schema, String name) {
        return new ParquetColumns(
                List.of(), /* isList= */ false, Optional.of(column(schema, name)), Optional.of(name), List.of());
    }

    private static NumberColumn column(MessageType schema, String name) {
        ColumnDescriptor descriptor = schema.getColumns().stream()
                .filter(column -> column.getPath()[0].equals(name))
                .findFirst()
                .orElseThrow();
        return new NumberColumn(
                name,
                descriptor,
                ParquetNumber.of(descriptor.getPrimitiveType()).orElseThrow());
    }

    /** Returns a copy with the features in the order of these names. */
    ParquetColumns withFeatures(List<String> names) {
        List<NumberColumn> reordered = new ArrayList<>(features);
        reordered.sort(Comparator.comparingInt(column -> names.indexOf(column.name())));
        return new ParquetColumns(reordered, isList, label, labelName, notes);
    }

    /** Returns a copy with the label column only. */
    ParquetColumns withoutFeatures() {
        return new ParquetColumns(List.of(), isList, label, labelName, notes);
    }

    /** {@return the descriptors of all columns to read} */
    List<ColumnDescriptor> all() {
        List<ColumnDescriptor> all = new ArrayList<>();
        features.forEach(column -> all.add(column.descriptor()));
        label.ifPresent(column -> all.add(column.descriptor()));
        return all;
    }
}
