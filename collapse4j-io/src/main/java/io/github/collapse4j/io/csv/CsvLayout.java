package io.github.collapse4j.io.csv;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.OneLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The roles of the columns.
 *
 * @param names column names, empty without a header
 * @param columns number of fields in a row
 * @param label index of the label column, empty if there is none
 * @param features indices of the feature columns, in reading order
 * @param index indices of columns that number or name the rows
 * @param blank indices of columns that must be empty, such as the one after a trailing comma
 */
record CsvLayout(
        List<String> names,
        int columns,
        OptionalInt label,
        List<Integer> features,
        List<Integer> index,
        List<Integer> blank) {
    private static final double MAX_LABEL = 0x1p53;

    /** {@return d} */
    int featureDimension() {
        return features.size();
    }

    boolean hasHeader() {
        return !names.isEmpty();
    }

    /** {@return the names of the features, empty without a header} */
    Optional<List<String>> featureNames() {
        return hasHeader() ? Optional.of(features.stream().map(names::get).toList()) : Optional.empty();
    }

    /** {@return this layout with the features in the order of {@code order}, which has no name twice} */
    CsvLayout withFeatures(List<String> order) {
        List<Integer> reordered = new ArrayList<>();
        for (String name : order) {
            features.stream()
                    .filter(column -> names.get(column).equals(name))
                    .findFirst()
                    .ifPresent(reordered::add);
        }
        return new CsvLayout(names, columns, label, Collections.unmodifiableList(reordered), index, blank);
    }

    /** {@return the position of a field; lines and columns count from 1, as in editors} */
    String position(String file, CsvRow row, int column) {
        return file + ": line " + row.line() + ", " + place(column);
    }

    /** {@return the name of a column, for messages} */
    String place(int column) {
        String name = hasHeader() ? OneLine.shortened(names.get(column)) : "";
        return "column " + (column + 1) + (name.isEmpty() ? "" : " (" + name + ")");
    }

    /** Checks that a row has as many fields as the others, and nothing in its blank columns. */
    void check(String file, CsvRow row) throws InputException {
        if (row.fields() != columns) {
            throw new InputException(
                    file + ": line " + row.line() + ": expected " + columns + " columns, found " + row.fields());
        }
        for (int column : blank) {
            if (!row.field(column).isEmpty()) {
                throw new InputException(
                        position(file, row, column) + ": expected an empty field, as in the first rows, found '"
                                + OneLine.shortened(row.field(column)) + "'");
            }
        }
    }

    /** Reads the label of a row: a whole number in any notation, or True or False; 0 if there are no labels. */
    long label(String file, CsvRow row) throws InputException {
        if (label.isEmpty()) {
            return 0;
        }
        int column = label.getAsInt();
        double value = row.number(column);
        if (Math.rint(value) == value && Math.abs(value) <= MAX_LABEL) {
            return (long) value;
        }
        String text = row.field(column);
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return text.equalsIgnoreCase("true") ? 1 : 0;
        }
        String hint = row.looksNumeric(column) ? "" : " (number them: np.unique(y, return_inverse=True)[1])";
        throw new InputException(position(file, row, column) + ": expected an integer label, found '"
                + OneLine.shortened(text) + "'" + hint);
    }

    /** Reads a feature of a row. */
    double feature(String file, CsvRow row, int column) throws InputException {
        double value = row.number(column);
        if (!Double.isFinite(value)) {
            String text = row.field(column);
            String hint = text.matches("[-+]?\\d+,\\d+") ? " (write decimal points)" : "";
            throw new InputException(position(file, row, column) + ": expected a finite number, found '"
                    + OneLine.shortened(text) + "'" + hint);
        }
        return value;
    }
}
