package io.github.collapse4j.cli;

import io.github.collapse4j.solve.SolveListener;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar on standard error for solves that last: it counts the digits of the certified gap gained on the finest
 * level. Nothing is shown for the first second, nor where standard error is not a terminal.
 */
final class Progress implements SolveListener, AutoCloseable {
    private static final long PATIENCE_NANOS = 1_000_000_000L;

    private final long start = System.nanoTime();
    private final double goalDigits;
    private @Nullable ProgressBar bar;
    private int finest;

    Progress(double goal) {
        this.goalDigits = -Math.log10(Math.max(goal, 1e-16));
    }

    @Override
    public void onIteration(int groups, int iteration, double value, double relativeGap, int hessianProducts) {
        if (System.console() == null || System.nanoTime() - start < PATIENCE_NANOS) {
            return;
        }
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName("solving")
                    .setUnit(" digits", 10)
                    .setInitialMax(Math.round(10 * goalDigits))
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setConsumer(new me.tongfei.progressbar.ConsoleProgressBarConsumer(System.err))
                    .build();
        }
        finest = Math.max(finest, groups);
        double digits = Math.max(0, Math.min(goalDigits, -Math.log10(Math.max(relativeGap, 1e-300))));
        bar.setExtraMessage(Table.format(" %d groups, gap %.1e", groups, relativeGap));
        bar.stepTo(Math.round(10 * digits));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
