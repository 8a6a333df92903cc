package io.github.collapse4j.measure;

import io.github.collapse4j.data.SampleSource;

/**
 * Labelled samples that can be summed: by the threads of this process or by a cluster. A measurement or a certificate needs
 * no more of them than this.
 */
public interface SamplePasses {
    /** A source that is summed on all cores. */
    static SamplePasses of(SampleSource source) {
        return onThreads(source, Runtime.getRuntime().availableProcessors(), MeasureListener.SILENT);
    }

    /** A source that is summed on some threads of this process, which tell a listener how far they are. */
    static SamplePasses onThreads(SampleSource source, int threads, MeasureListener listener) {
        return new ThreadedPasses(source, threads, listener);
    }

    /** d. */
    int featureDimension();

    /** K: labels are 0…K−1. A class may have no sample. */
    int classes();

    /** Whether there may be more than one pass. */
    boolean isRereadable();

    /**
     * Sums all samples once. Parts of them may be summed apart, in any order, with {@link PassRequest#prepare}.
     *
     * @param pass which pass this is, from 1, for those who watch
     * @param passes how many there will be
     * @throws IllegalArgumentException if a number is not finite or a label out of range, in one line
     */
    PassSums run(PassRequest request, int pass, int passes);
}
