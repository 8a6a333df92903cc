package io.github.collapse4j.cli.text;

import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error for work in equal pieces; shown after a second, and only on a terminal. */
public final class CountProgress implements AutoCloseable {
    private static final long PATIENCE_NANOS = 1_000_000_000L;

    private final String task;
    private final long start = System.nanoTime();
    private final AtomicLong furthest = new AtomicLong();
    private @Nullable ProgressBar bar;

    public CountProgress(String task) {
        this.task = task;
    }

    /** So many pieces of all, which may become more, are done; may be called from several threads, in any order. */
    public synchronized void update(long done, long all) {
        if (System.nanoTime() - start < PATIENCE_NANOS || !Progress.isOnTerminal()) {
            return;
        }
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(all)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setConsumer(new ProgressLine())
                    .build();
        }
        bar.maxHint(Math.max(all, bar.getMax()));
        bar.stepTo(furthest.accumulateAndGet(done, Math::max));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
