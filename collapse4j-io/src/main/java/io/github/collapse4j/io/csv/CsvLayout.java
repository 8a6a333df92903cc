package io.github.collapse4j.io.csv;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.OneLine;
import io.github.collapse4j.io.samples.FeatureCheck;
import io.github.collapse4j.io.samples.TableColumns;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which column is what, as the first row tells: a header, unless all of its fields are numbers.
 *
 * @param names of the columns, empty without a header
 * @param columns how many there are
 * @param label index of the column of labels
 */
record CsvLayout(List<String> names, int columns, int label) {
    /** Reads the layout off the first row. */
    static CsvLayout of(String file, CsvRow first, TableColumns wanted) throws InputException {
        FeatureCheck.dimension(file, first.fields() - 1L);
        boolean isHeader = !IntStream.range(0, first.fields()).allMatch(first::isLikeANumber);
        List<String> names = isHeader
                ? IntStream.range(0, first.fields()).mapToObj(first::field).toList()
                : List.of();
        int label = names.indexOf(wanted.label());
        if (label != names.lastIndexOf(wanted.label())) {
            throw new InputException(file + ": expected one column named '" + wanted.label() + "', found several");
        }
        if (label < 0) {
            if (!wanted.label().equals(TableColumns.usual().label())) {
                throw new InputException(file + ": expected a column named '" + wanted.label() + "', found "
                        + (isHeader ? OneLine.shortened(names.toString()) : "no header"));
            }
            label = first.fields() - 1;
        }
        return new CsvLayout(names, first.fields(), label);
    }

    /** {@return d} */
    int featureDimension() {
        return columns - 1;
    }

    boolean hasHeader() {
        return !names.isEmpty();
    }

    /** {@return where a field stands; lines and columns count from 1, as in editors} */
    String position(String file, CsvRow row, int column) {
        String name = hasHeader() ? " (" + OneLine.shortened(names.get(column)) + ")" : "";
        return file + ": line " + row.line() + ", column " + (column + 1) + name;
    }

    /** Checks that a row has as many fields as the first one. */
    void checkFields(String file, CsvRow row) throws InputException {
        if (row.fields() != columns) {
            throw new InputException(
                    file + ": line " + row.line() + ": expected " + columns + " columns, found " + row.fields());
        }
    }

    /** Reads the label of a row. */
    long label(String file, CsvRow row) throws InputException {
        String text = row.field(label);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InputException(position(file, row, label) + ": expected an integer label, found '"
                    + OneLine.shortened(text) + "'");
        }
    }
}
