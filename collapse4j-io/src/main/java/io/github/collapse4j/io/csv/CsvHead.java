package io.github.collapse4j.io.csv;

import io.github.collapse4j.io.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The first rows of a file, from which the roles of its columns are determined.
 *
 * @param file its name in messages
 * @param rows the first rows; how many depends on their length
 */
record CsvHead(String file, List<CsvRow> rows) {
    private static final int MAX_ROWS = 1000;
    private static final int FEWEST_ROWS = 2;
    private static final int MAX_CHARACTERS = 1 << 22;

    /**
     * @throws InputException if there are no rows
     */
    static CsvHead read(Path file, char separator) throws IOException {
        List<CsvRow> rows = new ArrayList<>();
        long characters = 0;
        try (CsvLines lines = CsvLines.open(file, separator)) {
            while (rows.size() < FEWEST_ROWS || (rows.size() < MAX_ROWS && characters < MAX_CHARACTERS)) {
                Optional<CsvRow> row = lines.next();
                if (row.isEmpty()) {
                    break;
                }
                rows.add(row.get());
                characters += row.get().text().length;
            }
        }
        if (rows.isEmpty()) {
            throw new InputException(file + ": expected a header or samples, found nothing");
        }
        return new CsvHead(file.toString(), rows);
    }

    CsvRow first() {
        return rows.get(0);
    }

    /** {@return the rows after the first one} */
    List<CsvRow> others() {
        return rows.subList(1, rows.size());
    }

    /** {@return the same file from the second row on} */
    CsvHead withoutFirst() {
        return new CsvHead(file, others());
    }

    /** {@return whether a column has an integer, written as one, in every row} */
    boolean isInteger(int column) {
        return everyRow(row -> rows.get(row).isInteger(column));
    }

    /** {@return whether a column has text in every row, neither a number nor a marker of a missing value} */
    boolean isText(int column) {
        return everyRow(row -> !rows.get(row).looksNumeric(column));
    }

    /** {@return whether a column is empty in every row} */
    boolean isBlank(int column) {
        return everyRow(row -> rows.get(row).field(column).isEmpty());
    }

    /** {@return whether a column numbers the rows: consecutive integers from 0 or 1} */
    boolean numbersRows(int column) {
        if (!isInteger(column)) {
            return false;
        }
        double start = first().number(column);
        return (start == 0 || start == 1) && everyRow(row -> rows.get(row).number(column) == start + row);
    }

    /** {@return whether a column looks like labels: exactly the integers 0…K−1, K at least 2} */
    boolean looksLikeLabels(int column) {
        if (!isInteger(column)) {
            return false;
        }
        double[] distinct = rows.stream()
                .mapToDouble(row -> row.number(column))
                .distinct()
                .sorted()
                .toArray();
        return distinct.length >= 2 && distinct[0] == 0 && distinct[distinct.length - 1] == distinct.length - 1;
    }

    private boolean everyRow(IntPredicate holds) {
        return IntStream.range(0, rows.size()).allMatch(holds);
    }
}
