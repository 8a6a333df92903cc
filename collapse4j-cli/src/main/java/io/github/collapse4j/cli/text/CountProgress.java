package io.github.collapse4j.cli.text;

import java.util.concurrent.atomic.AtomicLong;

/** A progress bar on standard error for work in equal pieces; appears after a second, and only on a terminal. */
public final class CountProgress implements AutoCloseable {
    private final String task;
    private TerminalBar bar = new TerminalBar(1);
    private final AtomicLong furthest = new AtomicLong();

    public CountProgress(String task) {
        this.task = task;
    }

    /**
     * Reports that {@code done} of {@code all} pieces are finished; the total may grow. Thread-safe; calls may be out
     * of order.
     */
    public synchronized void update(long done, long all) {
        bar.show(settings -> settings.setTaskName(task).setInitialMax(all), shown -> {
            shown.maxHint(Math.max(all, shown.getMax()));
            shown.stepTo(furthest.accumulateAndGet(done, Math::max));
        });
    }

    /** Clears the bar; another task may show one afterwards. */
    public synchronized void finish() {
        bar.close();
        bar = new TerminalBar(1);
    }

    @Override
    public void close() {
        finish();
    }
}
