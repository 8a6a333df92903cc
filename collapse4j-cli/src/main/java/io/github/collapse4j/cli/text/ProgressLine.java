package io.github.collapse4j.cli.text;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;

/** The line on standard error that a progress bar has, which can be taken from it. */
public final class ProgressLine extends ConsoleProgressBarConsumer {
    private static final Object LOCK = new Object();
    private static boolean inUse;
    private static boolean wiped;

    public ProgressLine() {
        super(System.err);
    }

    /** Leaves the line empty, for good. */
    public static void wipe() {
        synchronized (LOCK) {
            wiped = true;
            if (inUse) {
                System.err.print("\r\033[K");
                System.err.flush();
            }
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
                super.close();
            }
        }
    }
}
