package io.github.collapse4j.linalg;

/**
 * While one of these is open, every native call runs on the thread that makes it: for callers that have threads of their
 * own. The native library has one such setting for the whole process, so calls elsewhere keep to one thread as well.
 */
public final class NativeThreads implements AutoCloseable {
    private boolean closed;

    private NativeThreads() {}

    /** One thread a call, until closed. */
    public static NativeThreads onePerCall() {
        OpenBlas.threads().enterSingle();
        return new NativeThreads();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            OpenBlas.threads().leaveSingle();
        }
    }
}
