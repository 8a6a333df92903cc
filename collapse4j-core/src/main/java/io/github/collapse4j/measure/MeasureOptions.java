package io.github.collapse4j.measure;

import io.github.collapse4j.metrics.CentredMeans.GlobalMean;
import io.github.collapse4j.metrics.PairOptions;

/**
 * How to measure.
 *
 * @param threads that read and sum; results do not depend on it beyond rounding
 * @param globalMean what μ_G is
 * @param decisions whether to classify the samples (NC4); it takes a second pass
 * @param pairs how far metrics over pairs of classes go
 */
public record MeasureOptions(int threads, GlobalMean globalMean, boolean decisions, PairOptions pairs) {
    /** @throws IllegalArgumentException if there is no thread */
    public MeasureOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
        }
    }

    /** All cores, the mean of class means, with decisions. */
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

    /** {@return a copy that classifies samples or does not} */
    public MeasureOptions withDecisions(boolean wanted) {
        return new MeasureOptions(threads, globalMean, wanted, pairs);
    }
}
