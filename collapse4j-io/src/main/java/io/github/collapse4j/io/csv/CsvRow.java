package io.github.collapse4j.io.csv;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import java.util.Locale;

/**
 * The fields of a line, as text.
 *
 * @param line its 1-based number in the file
 * @param text the concatenated fields
 * @param ends end of each field in {@code text}
 * @param fields number of fields, including any that were not kept
 * @param quotedFields number of fields that were quoted
 */
record CsvRow(long line, char[] text, int[] ends, int fields, int quotedFields) {
    /** {@return a field, trimmed} */
    String field(int index) {
        int start = start(index);
        return new String(text, start, ends[index] - start).strip();
    }

    /** {@return a field as a number, or NaN if it is not one} */
    double number(int index) {
        int start = start(index);
        int end = ends[index];
        while (end > start && Character.isWhitespace(text[end - 1])) {
            end--;
        }
        while (start < end && Character.isWhitespace(text[start])) {
            start++;
        }
        // the parser accepts Java's suffixes and hexadecimal numbers, such as 1f and 0x1p3
        if (end == start
                || text[start] < ' ' // which it skips, such as blocks of zeros that were never written
                || !(isDigit(text[end - 1]) || text[end - 1] == '.')
                || isHexadecimal(start, end)) {
            return Double.NaN;
        }
        try {
            return JavaDoubleParser.parseDouble(text, start, end - start);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** {@return whether a field is a number, or a common marker of a missing value} */
    boolean looksNumeric(int index) {
        String field = field(index);
        String word = field.startsWith("-") || field.startsWith("+") ? field.substring(1) : field;
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "", "nan", "inf", "infinity", "na", "null" -> true;
            default -> !Double.isNaN(number(index));
        };
    }

    private boolean isHexadecimal(int start, int end) {
        int at = start;
        while (at < end && (text[at] <= ' ' || text[at] == '-' || text[at] == '+')) {
            at++;
        }
        return at + 1 < end && (text[at + 1] == 'x' || text[at + 1] == 'X');
    }

    /** {@return whether a field is an integer, written without a point or an exponent} */
    boolean isInteger(int index) {
        String field = field(index);
        int first = field.startsWith("-") || field.startsWith("+") ? 1 : 0;
        return first < field.length() && field.chars().skip(first).allMatch(c -> isDigit((char) c));
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
