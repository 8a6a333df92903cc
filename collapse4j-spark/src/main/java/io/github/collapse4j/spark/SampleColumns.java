package io.github.collapse4j.spark;

import java.util.Optional;

/**
 * Which columns hold the samples.
 *
 * @param features {@code array<float>}, {@code array<double>} or a vector of Spark ML
 * @param label whole numbers 0…K−1 of any numeric type; without one every sample is of class 0
 * @param weight at least 0, of any numeric type; without one every sample counts once
 */
public record SampleColumns(String features, Optional<String> label, Optional<String> weight) {
    /** Features and labels. */
    public static SampleColumns of(String features, String label) {
        return new SampleColumns(features, Optional.of(label), Optional.empty());
    }

    /** Features alone, for means of all of them. */
    public static SampleColumns unlabelled(String features) {
        return new SampleColumns(features, Optional.empty(), Optional.empty());
    }

    /** {@return a copy with a column of weights} */
    public SampleColumns withWeight(String column) {
        return new SampleColumns(features, label, Optional.of(column));
    }
}
