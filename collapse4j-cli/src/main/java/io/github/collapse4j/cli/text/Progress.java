package io.github.collapse4j.cli.text;

import io.github.collapse4j.solve.SolveListener;
import java.io.Console;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar on standard error for solves that last: it counts the digits of the certified gap, anew for each level of
 * grouping. Nothing is shown for the first second, nor where there is no terminal.
 */
public final class Progress implements SolveListener, AutoCloseable {
    private static final long PATIENCE_NANOS = 1_000_000_000L;

    private final long start = System.nanoTime();
    private final double goalDigits;
    private @Nullable ProgressBar bar;

    public Progress(double goal) {
        this.goalDigits = -Math.log10(Math.max(goal, 1e-16));
    }

    @Override
    public void onIteration(int groups, int iteration, double value, double relativeGap, int hessianProducts) {
        if (System.nanoTime() - start < PATIENCE_NANOS || !isOnTerminal()) {
            return;
        }
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName("solving")
                    .setUnit(" digits", 10)
                    .setInitialMax(Math.round(10 * goalDigits))
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setConsumer(new ProgressLine())
                    .build();
        }
        double digits = Math.max(0, Math.min(goalDigits, -Math.log10(Math.max(relativeGap, 1e-300))));
        bar.setExtraMessage(Table.format(" %d groups, gap %.1e", groups, relativeGap));
        bar.stepTo(Math.round(10 * digits));
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
