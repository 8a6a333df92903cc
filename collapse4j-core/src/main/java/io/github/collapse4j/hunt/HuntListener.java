package io.github.collapse4j.hunt;

/** Watches a hunt; called from several threads. */
@FunctionalInterface
public interface HuntListener {
    /** A listener that does nothing. */
    HuntListener SILENT = (finished, items) -> {};

    /** Called after each chunk: so many of all items are finished. */
    void onProgress(long finished, long items);
}
