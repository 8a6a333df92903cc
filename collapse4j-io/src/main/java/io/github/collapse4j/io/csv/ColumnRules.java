package io.github.collapse4j.io.csv;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.OneLine;
import io.github.collapse4j.io.samples.FeatureCheck;
import io.github.collapse4j.io.samples.IndexColumn;
import io.github.collapse4j.io.samples.LabelColumn;
import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.io.samples.TableColumns.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Decides by names and first rows which columns are labels, features, or neither. */
final class ColumnRules {
    private final String file;
    private final TableColumns wanted;
    private final List<String> names;
    private final CsvHead samples;
    private final int columns;

    private ColumnRules(String file, TableColumns wanted, List<String> names, CsvHead samples, int columns) {
        this.file = file;
        this.wanted = wanted;
        this.names = names;
        this.samples = samples;
        this.columns = columns;
    }

    /** Determines the layout of a file. */
    static CsvLayout layout(CsvHead head, TableColumns wanted) throws InputException {
        if (wanted.features().isPresent()) {
            throw new InputException(
                    head.file() + ": expected no --feature-column, since text has no list columns, found '"
                            + wanted.features().get() + "'");
        }
        boolean hasHeader = HeaderRule.isHeader(head, wanted.header());
        CsvHead samples = hasHeader ? head.withoutFirst() : head;
        int columns = samples.rows().isEmpty()
                ? head.first().fields()
                : samples.first().fields();
        FeatureCheck.dimension(head.file(), Math.max(head.first().fields(), columns) - 1L);
        List<String> names = hasHeader ? names(head, samples, columns) : List.of();
        CsvHead regular = new CsvHead(
                head.file(),
                samples.rows().stream().filter(row -> row.fields() == columns).toList());
        return new ColumnRules(head.file(), wanted, names, regular, columns).layout();
    }

    /**
     * The names of all columns. A header may have one name too many, after a trailing comma, or one too few: R omits
     * that of the row names, other programs that of the empty column after a trailing comma.
     */
    private static List<String> names(CsvHead head, CsvHead samples, int columns) throws InputException {
        CsvRow header = head.first();
        List<String> names = new ArrayList<>(
                IntStream.range(0, header.fields()).mapToObj(header::field).toList());
        if (names.size() == columns + 1 && names.get(columns).isEmpty()) {
            names.remove(columns);
        } else if (names.size() == columns - 1) {
            if (samples.rows().stream().anyMatch(row -> row.fields() != columns)) {
                throw wrongNumber(head, samples, names.size(), columns);
            } else if (samples.isBlank(columns - 1)) {
                names.add("");
            } else if (isIndexLike(samples, 0)) {
                names.add(0, "");
            }
        }
        if (names.size() != columns) {
            throw wrongNumber(head, samples, names.size(), columns);
        }
        return names;
    }

    private static InputException wrongNumber(CsvHead head, CsvHead samples, int names, int columns) {
        return new InputException(head.file() + ": line " + samples.first().line() + ": expected " + names
                + " columns, found " + columns);
    }

    private CsvLayout layout() throws InputException {
        List<Integer> blank = blankColumns();
        OptionalInt asked = labelAskedFor();
        List<Integer> index = indexColumns(asked);
        OptionalInt label = asked.isPresent() || (wanted.labels() == Labels.IGNORED && !names.isEmpty())
                ? asked
                : lastColumn(index, blank);
        List<Integer> features = IntStream.range(0, columns)
                .filter(column -> label.isEmpty() || label.getAsInt() != column)
                .filter(column -> !index.contains(column) && !blank.contains(column))
                .boxed()
                .toList();
        FeatureCheck.dimension(file, features.size());
        OptionalInt read = wanted.labels() == Labels.IGNORED ? OptionalInt.empty() : label;
        return new CsvLayout(names, columns, read, features, index, blank);
    }

    private List<Integer> blankColumns() {
        boolean some = !samples.rows().isEmpty();
        return IntStream.range(0, columns)
                .filter(column -> names.isEmpty()
                        ? column == columns - 1
                        : names.get(column).isEmpty())
                .filter(column -> some && samples.isBlank(column))
                .boxed()
                .toList();
    }

    private List<Integer> indexColumns(OptionalInt label) throws InputException {
        List<Integer> index = new ArrayList<>();
        for (String name : wanted.index().orElse(List.of())) {
            index.add(
                    names.isEmpty()
                            ? number(name)
                            : LabelColumn.named(file, names, name).orElseThrow());
        }
        boolean areFound = wanted.index().map(asked -> !asked.isEmpty()).orElse(true);
        for (int column = 0; column < columns && areFound; column++) {
            boolean isKnown = index.contains(column) || (label.isPresent() && label.getAsInt() == column);
            if (!isKnown && (names.isEmpty() ? numbersRows(column, label) : isIndex(column))) {
                index.add(column);
            }
        }
        return index;
    }

    private OptionalInt lastColumn(List<Integer> index, List<Integer> blank) throws InputException {
        int[] left = IntStream.range(0, columns)
                .filter(column -> !index.contains(column) && !blank.contains(column))
                .toArray();
        if (left.length < 2) {
            FeatureCheck.dimension(file, left.length - 1L);
        }
        int last = left[left.length - 1];
        if (!samples.rows().isEmpty() && !samples.looksLikeLabels(last)) {
            refuseLikelyLabels(left[0], last);
        }
        return OptionalInt.of(last);
    }

    /** Many tables have their labels in the first column. */
    private void refuseLikelyLabels(int first, int last) throws InputException {
        if (samples.looksLikeLabels(first)) {
            throw new InputException(file + ": expected integer labels 0…K−1 in the last column, " + name(last)
                    + ", as no column is named 'label'; found more likely ones in " + name(first)
                    + ": choose with --label-column "
                    + (names.isEmpty() ? (first + 1) + " or " + (last + 1) : "NAME"));
        }
    }

    private OptionalInt labelAskedFor() throws InputException {
        if (!names.isEmpty()) {
            return LabelColumn.find(file, names, wanted);
        }
        return wanted.label().isPresent() ? OptionalInt.of(number(wanted.label().get())) : OptionalInt.empty();
    }

    /** A column by its 1-based number, for tables without column names. */
    private int number(String number) throws InputException {
        if (number.matches("[1-9]\\d{0,6}") && Integer.parseInt(number) <= columns) {
            return Integer.parseInt(number) - 1;
        }
        throw new InputException(file + ": expected a column named '" + number + "', found no header (columns are 1 to "
                + columns + ")");
    }

    private boolean isIndex(int column) throws InputException {
        String name = names.get(column);
        if (!IndexColumn.isIndex(name) || samples.rows().isEmpty() || samples.isBlank(column)) {
            return false;
        }
        if (samples.isInteger(column)) {
            long[] first = samples.rows().stream()
                    .limit(IndexColumn.ROWS)
                    .mapToLong(row -> (long) row.number(column))
                    .toArray();
            return IndexColumn.numbersRows(file, name, first);
        }
        if (IndexColumn.isUnnamed(name) && !samples.isText(column)) {
            throw new InputException(file + ": column " + (column + 1)
                    + ": expected a name, or row numbers, found values without a name: give it one");
        }
        return samples.isText(column);
    }

    private static boolean isIndexLike(CsvHead samples, int column) {
        return samples.isInteger(column) || samples.isText(column);
    }

    /** Refuses an unnamed first column that numbers the rows if no other feature is an integer. */
    private boolean numbersRows(int column, OptionalInt label) throws InputException {
        boolean isAlone = IntStream.range(1, columns)
                .filter(other -> label.isPresent() ? other != label.getAsInt() : other != columns - 1)
                .noneMatch(samples::isInteger);
        if (column == 0 && columns > 2 && samples.rows().size() >= 3 && samples.numbersRows(0) && isAlone) {
            throw new InputException(file + ": column 1: expected a feature, found row numbers:"
                    + " --index-column 1 leaves it out, --index-column none makes it a feature");
        }
        return false;
    }

    private String name(int column) {
        return (column + 1) + (names.isEmpty() ? "" : " (" + OneLine.shortened(names.get(column)) + ")");
    }
}
