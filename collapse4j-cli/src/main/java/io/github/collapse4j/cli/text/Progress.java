package io.github.collapse4j.cli.text;

import io.github.collapse4j.solve.SolveListener;

/**
 * A progress bar on standard error for long solves: it counts the digits of the certified gap, restarting at each level
 * of grouping. Nothing is shown during the first second, or without a terminal.
 */
public final class Progress implements SolveListener, AutoCloseable {
    private final TerminalBar bar = new TerminalBar(1);
    private final double goalDigits;

    public Progress(double goal) {
        this.goalDigits = -Math.log10(Math.max(goal, 1e-16));
    }

    @Override
    public void onIteration(int groups, int iteration, double value, double relativeGap, int hessianProducts) {
        double digits = Math.max(0, Math.min(goalDigits, -Math.log10(Math.max(relativeGap, 1e-300))));
        bar.show(
                settings -> settings.setTaskName("solving")
                        .setUnit(" digits", 10)
                        .setInitialMax(Math.round(10 * goalDigits)),
                shown -> {
                    shown.setExtraMessage(Table.format(" %d groups, gap %.1e", groups, relativeGap));
                    shown.stepTo(Math.round(10 * digits));
                });
    }

    @Override
    public void close() {
        bar.close();
    }
}
