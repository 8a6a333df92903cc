package io.github.collapse4j.spark;

import java.util.List;
import java.util.Optional;

/**
 * Which columns hold the samples.
 *
 * @param features a column of arrays of numbers of any type, or of vectors of Spark ML; or a column of numbers for each
 * @param label whole numbers 0…K−1 of any numeric type, or booleans; without one every sample is of class 0
 * @param weight at least 0, of any numeric type; without one every sample counts once
 */
public record SampleColumns(FeatureColumns features, Optional<String> label, Optional<String> weight) {
    /** Arrays or vectors of features, and labels. */
    public static SampleColumns of(String features, String label) {
        return new SampleColumns(new FeatureColumns.Arrays(features), Optional.of(label), Optional.empty());
    }

    /** A column for each feature, and labels. */
    public static SampleColumns of(List<String> features, String label) {
        return new SampleColumns(new FeatureColumns.Numbers(features), Optional.of(label), Optional.empty());
    }

    /** Features alone, for means of all of them. */
    public static SampleColumns unlabelled(String features) {
        return new SampleColumns(new FeatureColumns.Arrays(features), Optional.empty(), Optional.empty());
    }

    /** {@return a copy with a column of weights} */
    public SampleColumns withWeight(String column) {
        return new SampleColumns(features, label, Optional.of(column));
    }
}
