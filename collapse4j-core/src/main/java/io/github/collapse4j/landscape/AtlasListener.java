package io.github.collapse4j.landscape;

/** Sees the progress of an exploration. Called from the threads that work; the order of calls is not fixed. */
@FunctionalInterface
public interface AtlasListener {
    /** Ignores everything. */
    AtlasListener SILENT = (done, total) -> {};

    /** {@code done} of {@code total} searches are finished; the total grows when more are found worth making. */
    void onSearch(int done, int total);
}
