package io.github.collapse4j.landscape;

/** Receives the progress of an exploration. Called from the worker threads, in no fixed order. */
@FunctionalInterface
public interface AtlasListener {
    /** Ignores progress. */
    AtlasListener SILENT = (done, total) -> {};

    /**
     * {@code done} of {@code total} searches are finished; the total grows when further searches turn out to be
     * worthwhile.
     */
    void onSearch(int done, int total);
}
