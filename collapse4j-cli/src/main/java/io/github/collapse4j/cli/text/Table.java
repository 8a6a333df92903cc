package io.github.collapse4j.cli.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Aligned text: columns as wide as their widest cell, except the last, which is ragged. In a terminal that is too narrow,
 * the last cell continues below itself, and columns for which there is no room follow below, beside the first one again.
 */
public final class Table {
    /** Last cells with less room than this run over the edge instead. */
    private static final int MIN_ROOM = 20;

    private final List<String[]> rows = new ArrayList<>();
    private final String indent;

    public Table(String indent) {
        this.indent = indent;
    }

    public Table row(String... cells) {
        rows.add(cells);
        return this;
    }

    /** Adds the rows of another table. */
    public Table rows(Table other) {
        rows.addAll(other.rows);
        return this;
    }

    /** The cells of each row. */
    public List<List<String>> rows() {
        return rows.stream().map(List::of).toList();
    }

    @Override
    public String toString() {
        return toString(TerminalWidth.COLUMNS);
    }

    String toString(int width) {
        int columns = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int c = 0; c < row.length; c++) {
                widths[c] = Math.max(widths[c], row[c].length());
            }
        }
        StringBuilder text = new StringBuilder();
        int from = 1;
        do {
            int to = endOfPart(widths, from, width);
            if (from > 1) {
                text.append(System.lineSeparator());
            }
            for (String[] row : rows) {
                if (from == 1 || row.length > from) {
                    append(row, widths, from, to, width, text);
                }
            }
            from = to;
        } while (from < columns);
        return text.toString();
    }

    /** The columns from the given one to before this one fit beside the first, or there is only one. */
    private int endOfPart(int[] widths, int from, int width) {
        if (from >= widths.length) {
            return from;
        }
        long used = indent.length() + widths[0] + 2L;
        int to = from;
        while (to < widths.length) {
            boolean isLast = to == widths.length - 1;
            if (to > from && used + (isLast ? Math.min(MIN_ROOM, widths[to]) : widths[to]) > width) {
                break;
            }
            used += widths[to] + 2L;
            to++;
        }
        return to;
    }

    /** A row's first cell, and those from one column to before another. */
    private void append(String[] row, int[] widths, int from, int to, int width, StringBuilder text) {
        StringBuilder line = new StringBuilder(indent);
        int start = 0;
        for (int c = 0; c < Math.min(row.length, to); c = c == 0 ? from : c + 1) {
            start = line.length();
            line.append(row[c]).append(" ".repeat(widths[c] - row[c].length() + 2));
        }
        wrap(line.toString().stripTrailing(), start, width, text);
    }

    /** Breaks the last cell, which starts at the given column, between words. */
    static void wrap(String line, int start, int width, StringBuilder text) {
        String rest = line;
        while (rest.length() > width && start + MIN_ROOM <= width) {
            int end = rest.lastIndexOf(' ', width);
            if (end <= start) {
                break;
            }
            text.append(rest.substring(0, end).stripTrailing()).append(System.lineSeparator());
            rest = " ".repeat(start) + rest.substring(end + 1);
        }
        text.append(rest).append(System.lineSeparator());
    }

    /**
     * A readable number: up to six significant digits, in scientific notation where that is shorter; a dash for NaN.
     */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (value == 0 || (exponent >= -4 && exponent < 7)) {
            return rounded.toPlainString();
        }
        return rounded.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
    }

    public static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
