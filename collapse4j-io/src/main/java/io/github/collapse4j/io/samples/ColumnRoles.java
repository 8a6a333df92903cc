package io.github.collapse4j.io.samples;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.OneLine;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which columns of a table with types are features: one rule for Parquet files and for Spark. A column is never left out
 * without a word: beside single columns, only the label and those that are named as no features may be anything but numbers.
 *
 * @param features one column of lists, or columns of single numbers, in the order of the table
 * @param isList which of the two
 */
public record ColumnRoles(List<TypedColumn> features, boolean isList) {
    private static final String USUAL_LIST = "features";

    /**
     * Finds the features.
     *
     * @param table what messages call the table
     * @param columns all columns of the table
     * @param wanted name of the column of lists, if it is given; otherwise {@code features}, if there are lists in it
     * @param others names of columns that are no features: the label, weights, row numbers
     * @throws InputException if the table has no such column, or columns that are neither features nor something else
     */
    public static ColumnRoles of(
            String table, List<TypedColumn> columns, Optional<String> wanted, Collection<String> others)
            throws InputException {
        if (wanted.isPresent()) {
            return list(named(table, columns, wanted.get(), "lists of numbers"), table);
        }
        List<TypedColumn> left =
                columns.stream().filter(column -> !others.contains(column.name())).toList();
        Optional<TypedColumn> usual = left.stream()
                .filter(column -> column.kind() == ColumnKind.NUMBERS && column.name().equals(USUAL_LIST))
                .findFirst();
        if (usual.isPresent()) {
            return list(usual.get(), table);
        }
        List<TypedColumn> strange =
                left.stream().filter(column -> !column.kind().isNumber()).toList();
        if (!strange.isEmpty()) {
            throw new InputException(table + ": expected numbers in every column that is not the label, found "
                    + text(strange) + hint(strange));
        }
        if (left.isEmpty()) {
            throw new InputException(
                    table + ": expected columns of features beside the label, found none; the columns are " + text(columns));
        }
        return new ColumnRoles(left, /* isList= */ false);
    }

    private static ColumnRoles list(TypedColumn column, String table) throws InputException {
        if (column.kind() != ColumnKind.NUMBERS) {
            throw new InputException(
                    table + ": column " + column.name() + ": expected lists of numbers, found " + column.type());
        }
        return new ColumnRoles(List.of(column), /* isList= */ true);
    }

    /**
     * Checks the column of labels.
     *
     * @throws InputException if it is missing, or its type holds no whole numbers
     */
    public static TypedColumn label(String table, List<TypedColumn> columns, String name) throws InputException {
        TypedColumn label = named(table, columns, name, "labels");
        if (!label.kind().isNumber()) {
            String hint = label.kind() == ColumnKind.TEXT
                    ? "; number the classes, with np.unique(y, return_inverse=True)[1] for one"
                    : "";
            throw new InputException(
                    table + ": column " + name + ": expected whole numbers from 0 on, found " + label.type() + hint);
        }
        return label;
    }

    private static TypedColumn named(String table, List<TypedColumn> columns, String name, String what)
            throws InputException {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException(table + ": expected a column '" + name + "' of " + what
                        + ", found no such column; the columns are " + text(columns)));
    }

    private static String hint(List<TypedColumn> strange) {
        String lists = names(strange.stream().filter(column -> column.kind() == ColumnKind.NUMBERS));
        String others = names(strange.stream().filter(column -> column.kind() != ColumnKind.NUMBERS));
        return (lists.isEmpty() ? "" : "; if the features are lists, say --feature-column " + lists)
                + (others.isEmpty() ? "" : "; if they are no features, say --index-column " + others);
    }

    private static String names(java.util.stream.Stream<TypedColumn> columns) {
        return OneLine.shortened(columns.map(TypedColumn::name).collect(Collectors.joining(" or ")));
    }

    private static String text(List<TypedColumn> columns) {
        return OneLine.shortened(columns.stream().map(TypedColumn::toString).collect(Collectors.joining(", ")));
    }
}
