package io.github.collapse4j.spark;

import java.util.List;
import java.util.Optional;

/**
 * The columns that hold the samples.
 *
 * @param features one column of arrays of any numeric type or of Spark ML vectors, or one column of numbers per feature
 * @param label whole numbers 0…K−1 of any numeric type, or booleans; without it every sample is in class 0
 * @param weight at least 0, of any numeric type; without it every sample has weight 1
 */
public record SampleColumns(FeatureColumns features, Optional<String> label, Optional<String> weight) {
    /** Features in arrays or vectors, and labels. */
    public static SampleColumns of(String features, String label) {
        return new SampleColumns(new FeatureColumns.Arrays(features), Optional.of(label), Optional.empty());
    }

    /** One column per feature, and labels. */
    public static SampleColumns of(List<String> features, String label) {
        return new SampleColumns(new FeatureColumns.Numbers(features), Optional.of(label), Optional.empty());
    }

    /** Features only, for their overall mean. */
    public static SampleColumns unlabelled(String features) {
        return new SampleColumns(new FeatureColumns.Arrays(features), Optional.empty(), Optional.empty());
    }

    /** {@return a copy with a column of weights} */
    public SampleColumns withWeight(String column) {
        return new SampleColumns(features, label, Optional.of(column));
    }
}
