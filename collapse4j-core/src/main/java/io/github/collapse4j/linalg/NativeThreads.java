package io.github.collapse4j.linalg;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * While an instance is open, every product runs on the calling thread; for callers that have their own threads. The
 * setting applies to the whole process, so unrelated products are single-threaded too.
 */
public final class NativeThreads implements AutoCloseable {
    private static final AtomicInteger OPEN = new AtomicInteger();

    private boolean closed;

    private NativeThreads() {}

    /** Limits each call to one thread until closed. */
    public static NativeThreads onePerCall() {
        OPEN.incrementAndGet();
        return new NativeThreads();
    }

    /** How many threads may work in the native library on one product. */
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
