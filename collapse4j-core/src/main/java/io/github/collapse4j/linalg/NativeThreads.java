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
