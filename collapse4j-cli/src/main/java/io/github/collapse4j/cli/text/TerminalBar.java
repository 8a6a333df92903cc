package io.github.collapse4j.cli.text;

import java.io.Console;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error; nothing where there is no terminal. Not thread-safe. */
public final class TerminalBar implements AutoCloseable {
    private final long begin;
    private @Nullable ProgressBar bar;

    /** Shown from so many seconds on. */
    public TerminalBar(long patience) {
        this.begin = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
    }

    /**
     * Shows progress, if it is time.
     *
     * @param settings of a bar that is not there yet
     * @param step what the bar is to show now
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

    /** Whether there is somebody to watch; since JDK 22 a console may be there that is no terminal. */
    @SuppressWarnings("SystemConsoleNull") // both ways are tried
    public static boolean isOnTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return true; // before JDK 22 a console is a terminal
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
