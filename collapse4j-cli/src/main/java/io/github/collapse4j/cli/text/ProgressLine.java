package io.github.collapse4j.cli.text;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;

/** The line of a progress bar on standard error, which can be erased from outside. */
public final class ProgressLine extends ConsoleProgressBarConsumer {
    private static final String ERASE = "\r\033[K";
    private static final Object LOCK = new Object();
    private static boolean inUse;
    private static boolean wiped;
    private static boolean hasKept;
    private static String farewell = "Interrupted. Nothing was kept: the same command starts again.";

    /**
     * With the width that the launcher has found: the library would otherwise ask a terminal library, which takes the
     * handling of Ctrl-C away from {@code cli.Interruption}.
     */
    public ProgressLine() {
        super(System.err, TerminalWidth.ofBar(TerminalWidth.COLUMNS));
    }

    /** What to say when the command is interrupted: what was kept, and how to go on. */
    public static void atInterruption(String sentence) {
        synchronized (LOCK) {
            farewell = sentence;
            hasKept = true;
        }
    }

    /** Prints a line above the bar, or where the bar would be. */
    public static void printAbove(String line) {
        synchronized (LOCK) {
            System.err.println((inUse ? ERASE : "") + line);
        }
    }

    /** Erases the line, keeps it empty, and says what was kept; silent without a terminal, unless something is kept. */
    public static void wipe() {
        synchronized (LOCK) {
            wiped = true;
            boolean isSeen = TerminalBar.isOnTerminal();
            if (isSeen) {
                System.err.print(ERASE); // and the ^C
            }
            if (hasKept || isSeen) {
                StringBuilder text = new StringBuilder();
                Paragraph.line(text, farewell);
                System.err.print(text);
            }
            System.err.flush();
        }
    }

    @Override
    public void accept(String bar) {
        synchronized (LOCK) {
            if (!wiped) {
                inUse = true;
                super.accept(bar);
            }
        }
    }

    @Override
    public void close() {
        synchronized (LOCK) {
            if (!wiped) {
                inUse = false;
                System.err.print(ERASE);
                System.err.flush();
            }
        }
    }
}
