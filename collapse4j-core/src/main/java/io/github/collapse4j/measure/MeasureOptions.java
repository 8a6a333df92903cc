package io.github.collapse4j.measure;

import io.github.collapse4j.metrics.CentredMeans.GlobalMean;
import io.github.collapse4j.metrics.PairOptions;

/**
 * Options of a measurement.
 *
 * @param threads threads that read and sum; they affect results by rounding only
 * @param globalMean the definition of μ_G
 * @param decisions whether to classify the samples (NC4), which takes a second pass
 * @param pairs effort limits of metrics over pairs of classes
 */
public record MeasureOptions(int threads, GlobalMean globalMean, boolean decisions, PairOptions pairs) {
    /** @throws IllegalArgumentException if {@code threads} is less than 1 */
    public MeasureOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
        }
    }

    /** All cores, μ_G as the mean of class means, with classification. */
    public static MeasureOptions defaults() {
        return new MeasureOptions(
                Runtime.getRuntime().availableProcessors(), GlobalMean.OF_CLASS_MEANS, true, PairOptions.defaults());
    }

    /** {@return a copy with another number of threads} */
    public MeasureOptions withThreads(int count) {
        return new MeasureOptions(count, globalMean, decisions, pairs);
    }

    /** {@return a copy with another convention for μ_G} */
    public MeasureOptions withGlobalMean(GlobalMean convention) {
        return new MeasureOptions(threads, convention, decisions, pairs);
    }

    /** {@return a copy with classification of samples switched on or off} */
    public MeasureOptions withDecisions(boolean wanted) {
        return new MeasureOptions(threads, globalMean, wanted, pairs);
    }
}
