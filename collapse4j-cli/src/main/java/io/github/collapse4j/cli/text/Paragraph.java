package io.github.collapse4j.cli.text;

/** Prose for the terminal. */
public final class Paragraph {
    private static final int WIDTH = 100;

    private Paragraph() {}

    /** Appends a line as it is. */
    public static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }

    /** Appends words in lines of at most 100 characters, indented by two. */
    public static void append(StringBuilder text, String words) {
        StringBuilder line = new StringBuilder(" ");
        for (String word : words.split(" ", -1)) {
            if (line.length() + word.length() > WIDTH) {
                text.append(line).append('\n');
                line = new StringBuilder(" ");
            }
            line.append(' ').append(word);
        }
        text.append(line).append('\n');
    }
}
