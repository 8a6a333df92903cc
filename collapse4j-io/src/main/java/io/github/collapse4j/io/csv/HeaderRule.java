package io.github.collapse4j.io.csv;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.OneLine;
import io.github.collapse4j.io.samples.TableColumns.Header;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tells whether the first row names the columns. It does if one of its fields is a text; and if it counts the columns, as
 * pandas names those of an array, where no row of samples can be meant. Numbers that may be either are refused.
 */
final class HeaderRule {
    /** So many columns that count up are no sample. */
    private static final int SURELY_A_COUNT = 10;

    /** So many rows tell how a column is written. */
    private static final int ENOUGH_ROWS = 3;

    private HeaderRule() {}

    /** @throws InputException if it cannot be told */
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
        if (!IntStream.range(0, fields).allMatch(first::isLikeANumber)) {
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
        if ((counts && (fields >= SURELY_A_COUNT || hasFloatingColumn(others, fields)))
                || (first.field(0).isEmpty() && fields > 2 && counts(first, 1))) {
            return true;
        }
        if (counts || countsInDecimals(first) || (fields > 2 && isUnlike(first, others))) {
            throw new InputException(head.file()
                    + ": expected a first row that is plainly a header or plainly a sample, found "
                    + OneLine.shortened(IntStream.range(0, fields)
                            .mapToObj(first::field)
                            .toList()
                            .toString())
                    + ": say which with --header yes|no");
        }
        return false;
    }

    /** Whether fields are 0.0, 1.0, 2.0, …, as pandas names columns whose names it has once read as numbers. */
    private static boolean countsInDecimals(CsvRow row) {
        return row.fields() > 2
                && IntStream.range(0, row.fields()).allMatch(i -> isFloating(row, i) && row.number(i) == i);
    }

    /** Whether fields are 0, 1, 2, … or 1, 2, 3, … from a column on. */
    private static boolean counts(CsvRow row, int from) {
        double start = row.number(from);
        return (start == 0 || start == 1)
                && IntStream.range(from, row.fields())
                        .allMatch(i -> row.isInteger(i) && row.number(i) == start + i - from);
    }

    /** Whether a column is written with points or exponents, in every row. */
    private static boolean hasFloatingColumn(List<CsvRow> rows, int fields) {
        return rows.size() >= ENOUGH_ROWS
                && rows.stream().allMatch(row -> row.fields() == fields)
                && IntStream.range(0, fields).anyMatch(i -> rows.stream().allMatch(row -> isFloating(row, i)));
    }

    private static boolean isFloating(CsvRow row, int column) {
        return !row.isInteger(column) && !Double.isNaN(row.number(column));
    }

    /** Whether the row has increasing integers where the others, but for their labels, have none at all. */
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
