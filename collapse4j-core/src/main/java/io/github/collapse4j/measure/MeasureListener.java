package io.github.collapse4j.measure;

import java.util.OptionalLong;

/** Receives the progress of a measurement. Called by the measuring threads, one at a time. */
@FunctionalInterface
public interface MeasureListener {
    /** Ignores progress. */
    MeasureListener SILENT = (pass, passes, done, total) -> {};

    /**
     * @param pass the current pass over the samples, from 1
     * @param passes the number of passes
     * @param done samples processed in this pass
     * @param total samples per pass, if known
     */
    void onSamples(int pass, int passes, long done, OptionalLong total);
}
