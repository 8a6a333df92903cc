package io.github.collapse4j.io.csv;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.OneLine;
import io.github.collapse4j.io.samples.TableColumns.Header;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Decides whether the first row is a header. It is if one of its fields is text, or if it numbers the columns, as
 * pandas does for an array, and cannot be a sample. Ambiguous numbers are refused.
 */
final class HeaderRule {
    /** From this many columns on, a row that counts up cannot be a sample. */
    private static final int MIN_COUNTED_COLUMNS = 10;

    /** Minimum number of rows that show how a column is written. */
    private static final int MIN_ROWS = 3;

    private HeaderRule() {}

    /**
     * @throws InputException if it is ambiguous
     */
    static boolean isHeader(CsvHead head, Header asked) throws InputException {
        return switch (asked) {
            case YES -> true;
            case NO -> false;
            case AUTO -> isHeader(head);
        };
    }

    private static boolean isHeader(CsvHead head) throws InputException {
        CsvRow first = head.first();
        int fields = first.fields();
        if (!IntStream.range(0, fields).allMatch(first::looksNumeric)) {
            return true;
        }
        List<CsvRow> others = head.others();
        if (fields < 2 || others.isEmpty() || others.get(0).fields() != fields) {
            return false;
        }
        if (first.quotedFields() == fields && others.get(0).quotedFields() == 0) {
            return true;
        }
        boolean counts = counts(first, 0);
        if ((counts && (fields >= MIN_COUNTED_COLUMNS || hasFloatingColumn(others, fields)))
                || (first.field(0).isEmpty() && fields > 2 && counts(first, 1))) {
            return true;
        }
        if (counts || countsInDecimals(first) || (fields > 2 && isUnlike(first, others))) {
            throw new InputException(head.file()
                    + ": expected a first row that is clearly a header or clearly a sample, found "
                    + OneLine.shortened(IntStream.range(0, fields)
                            .mapToObj(first::field)
                            .toList()
                            .toString())
                    + ": choose with --header yes|no");
        }
        return false;
    }

    /** Whether fields are 0.0, 1.0, 2.0, …, as pandas writes column names that it once read as numbers. */
    private static boolean countsInDecimals(CsvRow row) {
        return row.fields() > 2
                && IntStream.range(0, row.fields()).allMatch(i -> isFloating(row, i) && row.number(i) == i);
    }

    /** Whether fields are 0, 1, 2, … or 1, 2, 3, … starting at a column. */
    private static boolean counts(CsvRow row, int from) {
        double start = row.number(from);
        return (start == 0 || start == 1)
                && IntStream.range(from, row.fields())
                        .allMatch(i -> row.isInteger(i) && row.number(i) == start + i - from);
    }

    /** Whether some column has decimal points or exponents in every row. */
    private static boolean hasFloatingColumn(List<CsvRow> rows, int fields) {
        return rows.size() >= MIN_ROWS
                && rows.stream().allMatch(row -> row.fields() == fields)
                && IntStream.range(0, fields).anyMatch(i -> rows.stream().allMatch(row -> isFloating(row, i)));
    }

    private static boolean isFloating(CsvRow row, int column) {
        return !row.isInteger(column) && !Double.isNaN(row.number(column));
    }

    /** Whether the row has increasing integers where the others have none apart from their labels. */
    private static boolean isUnlike(CsvRow first, List<CsvRow> others) {
        int fields = first.fields();
        boolean increasing = IntStream.range(0, fields).allMatch(first::isInteger)
                && IntStream.range(1, fields).allMatch(i -> first.number(i) > first.number(i - 1));
        return increasing
                && others.stream()
                        .allMatch(row -> row.fields() == fields
                                && IntStream.range(0, fields - 1).allMatch(i -> isFloating(row, i)));
    }
}
