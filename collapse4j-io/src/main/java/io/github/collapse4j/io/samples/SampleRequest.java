package io.github.collapse4j.io.samples;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Which samples are wanted, as they are named on a command line.
 *
 * @param features a file, a list {@code a.npy,b.npy} or a pattern {@code part-*.npy}; {@code -} is NumPy's format from
 *     the standard input
 * @param labels the same for integer labels: as many files as there are of features, or one for all; null where the
 *     features' files (CSV, Parquet) have a column of labels
 * @param classes K, if it is known; otherwise the labels are looked through for the largest
 * @param columns how the columns of CSV and Parquet files are named
 */
public record SampleRequest(String features, @Nullable String labels, OptionalInt classes, TableColumns columns) {
    /** Samples with the usual names of columns, and K from the labels. */
    public static SampleRequest of(String features, @Nullable String labels) {
        return new SampleRequest(features, labels, OptionalInt.empty(), TableColumns.usual());
    }

    /** The same samples of {@code number} classes, such as the weights have rows. */
    public SampleRequest withClasses(int number) {
        return new SampleRequest(features, labels, OptionalInt.of(number), columns);
    }

    /** The same samples under other names of columns. */
    public SampleRequest withColumns(TableColumns names) {
        return new SampleRequest(features, labels, classes, names);
    }
}
