package io.github.collapse4j.cli.text;

/** Prose for the terminal. */
public final class Paragraph {
    /** Longer lines are hard to read, however wide the terminal is. */
    private static final int LONGEST = 100;

    private Paragraph() {}

    /** Appends a line, which continues indented in a narrow terminal, unless it is a command to be copied. */
    public static void line(StringBuilder text, String line) {
        line(text, line, TerminalWidth.COLUMNS);
    }

    /** The same as a text of its own. */
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

    /** Appends words in lines of at most 100 characters, fewer in a narrow terminal, indented by two. */
    public static void append(StringBuilder text, String words) {
        append(text, words, Math.min(LONGEST, TerminalWidth.COLUMNS - 1));
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
