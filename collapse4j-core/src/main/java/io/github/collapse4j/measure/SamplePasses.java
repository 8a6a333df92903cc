package io.github.collapse4j.measure;

import io.github.collapse4j.data.SampleSource;

/**
 * Labelled samples that can be summed, by the threads of this process or by a cluster: all that a measurement needs.
 */
public interface SamplePasses {
    /** Passes over a source on all cores. */
    static SamplePasses of(SampleSource source) {
        return onThreads(source, Runtime.getRuntime().availableProcessors(), MeasureListener.SILENT);
    }

    /** Passes over a source on threads of this process, which report their progress to a listener. */
    static SamplePasses onThreads(SampleSource source, int threads, MeasureListener listener) {
        return new ThreadedPasses(source, threads, listener);
    }

    /** d. */
    int featureDimension();

    /** K: labels are 0…K−1. A class may be empty. */
    int classes();

    /** Whether the samples can be read more than once. */
    boolean isRereadable();

    /**
     * Sums all samples once. Parts may be summed separately, in any order, with {@link PassRequest#prepare}.
     *
     * @param pass the number of this pass, from 1, for progress displays
     * @param passes the number of passes
     * @throws IllegalArgumentException with a one-line message if a number is not finite or a label is out of range
     */
    PassSums run(PassRequest request, int pass, int passes);

    /** These samples, mapped before they are summed, wherever that is. */
    default SamplePasses mapped(SampleMap map) {
        return new MappedPasses(this, map);
    }
}
