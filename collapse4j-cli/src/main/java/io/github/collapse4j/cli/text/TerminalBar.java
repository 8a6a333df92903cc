package io.github.collapse4j.cli.text;

import java.io.Console;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error; shown only on a terminal. Not thread-safe. */
public final class TerminalBar implements AutoCloseable {
    /** Columns that a bar takes with name, share, count and times. */
    private static final int BAR = 55;

    private final long begin;
    private @Nullable ProgressBar bar;

    /** Creates a bar that appears after the given number of seconds. */
    public TerminalBar(long patience) {
        this.begin = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
    }

    /**
     * Shows progress, unless it is too early.
     *
     * @param settings applied to the bar when it is created
     * @param step updates the bar
     */
    public void show(UnaryOperator<ProgressBarBuilder> settings, Consumer<ProgressBar> step) {
        if (System.nanoTime() < begin || !isOnTerminal()) {
            return;
        }
        if (bar == null) {
            ProgressBarBuilder plain = new ProgressBarBuilder()
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setConsumer(new ProgressLine());
            bar = settings.apply(plain).build();
        }
        step.accept(bar);
    }

    /** Whether there is room for a message of some length beside a bar. */
    public static boolean hasRoomFor(int message) {
        return TerminalWidth.ofBar(TerminalWidth.COLUMNS) >= BAR + message;
    }

    /** Whether the output is seen on a terminal that can erase a line; since JDK 22 a console need not be a terminal. */
    @SuppressWarnings("SystemConsoleNull") // both cases are handled
    public static boolean isOnTerminal() {
        Console console = System.console();
        if (console == null || isDumb()) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return true; // before JDK 22 a console is always a terminal
        }
    }

    /** Whether the terminal says that it knows neither colours nor a cursor. */
    static boolean isDumb() {
        return "dumb".equals(System.getenv("TERM"));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
