package io.github.collapse4j.linalg;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * While one of these is open, every product runs on the thread that asks for it: for callers that have threads of their
 * own. There is one such setting for the whole process, so products elsewhere keep to one thread as well.
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

    /** How many threads may be inside the native library for one product. */
    static int available() {
        return OPEN.get() > 0 || OpenBlas.hasThreadsOfItsOwn()
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
