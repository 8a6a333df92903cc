package io.github.collapse4j.io.samples;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A request for samples, by command-line locations.
 *
 * @param features a file, a list {@code a.npy,b.npy} or a pattern {@code part-*.npy}; {@code -} is NumPy's format from
 *     stdin
 * @param labels likewise for integer labels: one file per feature file, or one for all; null if the feature files (CSV,
 *     Parquet) have a label column
 * @param classes K, if known; otherwise it is the largest label plus one
 * @param columns the columns of CSV and Parquet files
 */
public record SampleRequest(String features, @Nullable String labels, OptionalInt classes, TableColumns columns) {
    /** Requests samples with the default column names, and K from the labels. */
    public static SampleRequest of(String features, @Nullable String labels) {
        return new SampleRequest(features, labels, OptionalInt.empty(), TableColumns.usual());
    }

    /** Returns this request with K given. */
    public SampleRequest withClasses(int number) {
        return new SampleRequest(features, labels, OptionalInt.of(number), columns);
    }

    /** Returns this request with other column names. */
    public SampleRequest withColumns(TableColumns names) {
        return new SampleRequest(features, labels, classes, names);
    }
}
