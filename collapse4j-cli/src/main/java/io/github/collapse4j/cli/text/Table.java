package io.github.collapse4j.cli.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Aligned text: columns as wide as their widest cell, except the last, which is ragged. In a terminal that is too narrow,
 * the last cell continues below itself.
 */
public final class Table {
    /** Last cells with less room than this run over the edge instead. */
    private static final int LEAST_ROOM = 20;

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
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int c = 0; c < row.length; c++) {
                line.append(row[c]).append(" ".repeat(widths[c] - row[c].length() + 2));
            }
            int start = line.length() - (row.length == 0 ? 0 : widths[row.length - 1] + 2);
            wrap(line.toString().stripTrailing(), start, width, text);
        }
        return text.toString();
    }

    /** Breaks the last cell, which starts at the given column, between words. */
    private static void wrap(String line, int start, int width, StringBuilder text) {
        String rest = line;
        while (rest.length() > width && start + LEAST_ROOM <= width) {
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
