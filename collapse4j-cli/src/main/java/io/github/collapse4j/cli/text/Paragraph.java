package io.github.collapse4j.cli.text;

import java.util.Locale;

/** Prose for the terminal. */
public final class Paragraph {
    /** Longer lines are hard to read, however wide the terminal is. */
    private static final int MAX_LENGTH = 100;

    private Paragraph() {}

    /** Appends a line, which continues indented in a narrow terminal, unless it is a command to be copied. */
    public static void line(StringBuilder text, String line) {
        line(text, line, TerminalWidth.COLUMNS);
    }

    /** Returns a line as {@link #line(StringBuilder, String)} appends it. */
    public static String line(String line) {
        StringBuilder text = new StringBuilder();
        line(text, line);
        return text.toString();
    }

    static void line(StringBuilder text, String line, int width) {
        for (String one : line.split("\\R", -1)) {
            boolean isCommand = one.strip().startsWith("collapse4j ");
            int indent = one.length() - one.stripLeading().length();
            Table.wrap(one, isCommand ? width : indent + 2, width, text);
        }
    }

    /** A clause as a sentence, with a capital letter and a full stop. */
    public static String sentence(String clause) {
        return clause.substring(0, 1).toUpperCase(Locale.ROOT) + clause.substring(1) + ".";
    }

    /** Appends words in lines of at most 100 characters, fewer in a narrow terminal, indented by two. */
    public static void append(StringBuilder text, String words) {
        append(text, words, Math.min(MAX_LENGTH, TerminalWidth.COLUMNS - 1));
    }

    static void append(StringBuilder text, String words, int width) {
        StringBuilder line = new StringBuilder(" ");
        for (String word : words.split(" ", -1)) {
            if (line.length() + word.length() > width) {
                text.append(line).append('\n');
                line = new StringBuilder(" ");
            }
            line.append(' ').append(word);
        }
        text.append(line).append('\n');
    }
}
