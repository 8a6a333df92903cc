package io.github.collapse4j.cli.text;

import org.jspecify.annotations.Nullable;

/** The width of the terminal that shows the output, as the launcher has found it. */
final class TerminalWidth {
    private static final String VARIABLE = "COLLAPSE4J_COLUMNS";
    private static final int NARROWEST = 50;
    private static final int USUAL = 80;

    /** Columns, at least 50; very many where the output goes to a file, or nothing is known. */
    static final int COLUMNS = of(System.getenv(VARIABLE));

    private TerminalWidth() {}

    /** The length of a line that never wraps, also where nothing is known. */
    static int ofBar(int columns) {
        return (columns == Integer.MAX_VALUE ? USUAL : columns) - 1;
    }

    static int of(@Nullable String columns) {
        try {
            return columns == null ? Integer.MAX_VALUE : Math.max(NARROWEST, Integer.parseInt(columns));
        } catch (NumberFormatException e) {
            return Integer.MAX_VALUE;
        }
    }
}
