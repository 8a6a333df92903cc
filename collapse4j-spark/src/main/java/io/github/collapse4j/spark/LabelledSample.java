package io.github.collapse4j.spark;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sample as a bean for Spark's encoder: columns features {@code array<double>}, label and weight {@code double}. */
public final class LabelledSample {
    private @Nullable List<@Nullable Double> features;
    private @Nullable Double label;
    private @Nullable Double weight;

    /** Creates an empty sample, for Spark. */
    public LabelledSample() {}

    /** Creates a sample of weight 1. */
    public LabelledSample(List<Double> features, int label) {
        this.features = List.copyOf(features);
        this.label = (double) label;
        this.weight = 1.0;
    }

    /** The d features. */
    public @Nullable List<@Nullable Double> getFeatures() {
        return features;
    }

    public void setFeatures(@Nullable List<@Nullable Double> features) {
        this.features = features;
    }

    /** The label, a whole number 0…K−1. */
    public @Nullable Double getLabel() {
        return label;
    }

    public void setLabel(@Nullable Double label) {
        this.label = label;
    }

    /** The weight, at least 0. */
    public @Nullable Double getWeight() {
        return weight;
    }

    public void setWeight(@Nullable Double weight) {
        this.weight = weight;
    }
}
