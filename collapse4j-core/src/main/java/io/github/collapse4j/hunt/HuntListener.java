package io.github.collapse4j.hunt;

/** Receives the progress of a hunt. Must be thread-safe. */
@FunctionalInterface
public interface HuntListener {
    /** Ignores progress. */
    HuntListener SILENT = (finished, items) -> {};

    /** Called after each chunk with the number of finished items and of all items. */
    void onProgress(long finished, long items);
}
