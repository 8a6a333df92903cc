package io.github.collapse4j.linalg;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * While one of these is open, every product and every loop over {@link ColumnBlocks} runs on the thread that asks for it: for callers that have threads of their
 * own. There is one such setting for the whole process, so what runs elsewhere keeps to one thread as well.
 */
public final class NativeThreads implements AutoCloseable {
    private static final AtomicInteger OPEN = new AtomicInteger();

    private boolean closed;

    private NativeThreads() {}

    /** One thread a call, until closed. */
    public static NativeThreads onePerCall() {
        OPEN.incrementAndGet();
        return new NativeThreads();
    }

    /** Whether callers have threads of their own. */
    static boolean areSingle() {
        return OPEN.get() > 0;
    }

    /** How many threads may be inside the native library for one product. */
    static int available() {
        return areSingle() || OpenBlas.hasThreadsOfItsOwn()
                ? 1
                : Runtime.getRuntime().availableProcessors();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            OPEN.decrementAndGet();
        }
    }
}
