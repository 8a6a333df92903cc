package io.github.collapse4j.measure;

/**
 * How often the samples are read, and why.
 *
 * @param passes 1 or 2
 * @param reason the reason, in a few words
 */
public record PassPlan(int passes, String reason) {
    /** Cost of reading, converting and centring a number, in multiplications. */
    private static final int READING = 40;

    /** Maximum d for a single pass, whose d×d scatter may take 2²⁷ numbers. */
    static final int MAX_FEATURES = 11_585;

    /**
     * One pass sums the d×d scatter; two passes find the means first and need it only on their span.
     *
     * @throws IllegalArgumentException if the source can be read only once and d is too large for its scatter
     */
    static PassPlan of(SamplePasses source, boolean decisions) {
        long d = source.featureDimension();
        boolean fits = d <= MAX_FEATURES;
        if (!source.isRereadable()) {
            if (!fits) {
                throw new IllegalArgumentException("features of dimension " + d + " that can be read only once need a "
                        + d + "×" + d + " scatter matrix: put them into a file");
            }
            return new PassPlan(1, "the source can be read only once");
        }
        if (decisions) {
            return new PassPlan(2, "the nearest class mean requires the class means, known after one pass");
        }
        long along = secondPassWork(d, source.classes());
        if (fits && d <= along + READING) {
            return new PassPlan(1, "a " + d + "×" + d + " scatter costs less than reading twice");
        }
        return new PassPlan(2, "reading twice costs less than a " + d + "×" + d + " scatter, K is " + source.classes());
    }

    static PassPlan ofGivenMoments() {
        return new PassPlan(1, "moments with their scatter were given");
    }

    /** Multiplications per feature entry. */
    private static long secondPassWork(long d, long classes) {
        return needsWholeScatter(d, classes - 1) ? d : 2 * (classes - 1);
    }

    /** Whether the symmetric d×d sum is cheaper than products with r directions. */
    static boolean needsWholeScatter(long d, long directions) {
        return d < 2 * directions && d <= MAX_FEATURES;
    }
}
