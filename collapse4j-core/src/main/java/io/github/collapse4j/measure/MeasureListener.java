package io.github.collapse4j.measure;

import java.util.OptionalLong;

/** Is told how far a measurement is. Called by the threads that measure, one at a time. */
@FunctionalInterface
public interface MeasureListener {
    /** Nobody listens. */
    MeasureListener SILENT = (pass, passes, done, total) -> {};

    /**
     * @param pass the current pass over the samples, from 1
     * @param passes how many there will be
     * @param done samples done in this pass
     * @param total samples of a pass, where that is known
     */
    void onSamples(int pass, int passes, long done, OptionalLong total);
}
