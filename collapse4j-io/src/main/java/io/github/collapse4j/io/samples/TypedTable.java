package io.github.collapse4j.io.samples;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.OneLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table with typed columns. The same rule assigns roles to columns of Parquet files and in Spark. No column is left
 * out silently: if features are single columns, each column that is neither the label nor an index is a feature and
 * must hold numbers.
 *
 * @param name its name in messages
 * @param columns all columns, in order
 * @param index names of columns that the table itself declares as row index
 */
public record TypedTable(String name, List<TypedColumn> columns, Set<String> index) {
    /** Access to the first rows of a table. */
    @FunctionalInterface
    public interface FirstRows {
        /** {@return the values of an integer column in the first {@link IndexColumn#ROWS} rows} */
        long[] of(String column) throws IOException;
    }

    /**
     * Determines the roles.
     *
     * @param first read only if an integer column has a name like {@code id}
     * @throws InputException if a requested column is missing or has the wrong type, or a column is ambiguous
     */
    public ColumnRoles roles(TableColumns wanted, FirstRows first) throws IOException {
        Optional<TypedColumn> label = label(wanted);
        List<TypedColumn> left = columns.stream()
                .filter(column -> label.isEmpty() || !column.equals(label.get()))
                .toList();
        Optional<TypedColumn> list = wanted.features().isPresent()
                ? Optional.of(listAskedFor(wanted.features().get()))
                : left.stream()
                        .filter(column -> column.kind() == ColumnKind.NUMBERS)
                        .filter(column -> column.name().equals(TableColumns.DEFAULT_FEATURES))
                        .findFirst();
        if (list.isPresent()) {
            return new ColumnRoles(label, List.of(list.get()), /* isList= */ true, List.of());
        }
        Set<String> asked = indexAskedFor(wanted);
        boolean isIndexExcluded = wanted.index().isPresent() && asked.isEmpty();
        Set<String> found = isIndexExcluded ? Set.of() : indexFound(left, asked, first);
        List<TypedColumn> features = left.stream()
                .filter(column -> !asked.contains(column.name()) && !found.contains(column.name()))
                .toList();
        checkNumbers(features, asked);
        List<String> notes = found.stream()
                .map(column -> IndexColumn.note(name, "column " + OneLine.shortened(column)))
                .toList();
        return new ColumnRoles(label, features, /* isList= */ false, notes);
    }

    private Optional<TypedColumn> label(TableColumns wanted) throws InputException {
        OptionalInt found = LabelColumn.find(name, names(columns), wanted);
        if (found.isEmpty()) {
            if (wanted.labels() == TableColumns.Labels.IGNORED) {
                return Optional.empty();
            }
            throw new InputException(name + ": expected a column 'label' of labels, or another given by --label-column,"
                    + " found " + text(columns));
        }
        TypedColumn label = columns.get(found.getAsInt());
        if (wanted.labels() == TableColumns.Labels.READ && !label.kind().isNumber()) {
            String hint = label.kind() == ColumnKind.TEXT
                    ? " (number the classes: np.unique(y, return_inverse=True)[1])"
                    : "";
            throw new InputException(name + ": column " + label.name() + ": expected integers of at least 0, found "
                    + label.type() + hint);
        }
        return Optional.of(label);
    }

    private TypedColumn listAskedFor(String wanted) throws InputException {
        TypedColumn list =
                columns.get(LabelColumn.named(name, names(columns), wanted).orElseThrow());
        if (list.kind() != ColumnKind.NUMBERS) {
            String hint =
                    list.kind().isNumber() ? " (without --feature-column, single columns of numbers are features)" : "";
            throw new InputException(
                    name + ": column " + wanted + ": expected lists of numbers, found " + list.type() + hint);
        }
        return list;
    }

    private Set<String> indexAskedFor(TableColumns wanted) throws InputException {
        Set<String> asked = new LinkedHashSet<>(wanted.index().orElse(List.of()));
        for (String column : asked) {
            LabelColumn.named(name, names(columns), column);
        }
        return asked;
    }

    private Set<String> indexFound(List<TypedColumn> left, Set<String> asked, FirstRows first) throws IOException {
        Set<String> found = new LinkedHashSet<>();
        for (TypedColumn column : left) {
            if (!asked.contains(column.name())
                    && (index.contains(column.name()) || numbersOrNamesRows(column, first))) {
                found.add(column.name());
            }
        }
        return found;
    }

    private boolean numbersOrNamesRows(TypedColumn column, FirstRows first) throws IOException {
        if (!IndexColumn.isIndex(column.name())) {
            return false;
        }
        return switch (column.kind()) {
            case TEXT -> true;
            case INTEGER ->
                IndexColumn.isUnnamed(column.name())
                        || IndexColumn.numbersRows(name, column.name(), first.of(column.name()));
            default -> false;
        };
    }

    private void checkNumbers(List<TypedColumn> features, Set<String> asked) throws InputException {
        List<TypedColumn> strange =
                features.stream().filter(column -> !column.kind().isNumber()).toList();
        if (!strange.isEmpty()) {
            throw new InputException(name + ": expected numbers in every column except the label, found "
                    + text(strange) + " (" + remedy(strange, asked) + ")");
        }
        if (features.isEmpty()) {
            throw new InputException(
                    name + ": expected feature columns besides the label, found none in " + text(columns));
        }
    }

    private static String remedy(List<TypedColumn> strange, Set<String> asked) {
        List<String> lists = new ArrayList<>();
        List<String> others = new ArrayList<>(asked);
        for (TypedColumn column : strange) {
            (column.kind() == ColumnKind.NUMBERS ? lists : others).add(column.name());
        }
        List<String> remedies = new ArrayList<>();
        if (!lists.isEmpty()) {
            remedies.add("features in lists: --feature-column " + String.join(" or ", lists));
        }
        if (others.size() > asked.size()) {
            remedies.add("no features: --index-column " + String.join(",", others));
        }
        return OneLine.shortened(String.join("; ", remedies));
    }

    private static List<String> names(List<TypedColumn> columns) {
        return columns.stream().map(TypedColumn::name).toList();
    }

    private static String text(List<TypedColumn> columns) {
        return OneLine.shortened(
                columns.stream().map(TypedColumn::toString).collect(Collectors.joining(", ", "[", "]")));
    }
}
