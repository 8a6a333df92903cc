package io.github.collapse4j.io.samples;

import java.util.List;
import java.util.Optional;

/**
 * The requested roles of a table's columns. Anything empty was not requested and is found by the rules of
 * {@link LabelColumn} and {@link IndexColumn}.
 *
 * @param features the column of lists with the features; a table without lists lacks it
 * @param label the label column; its 1-based number in a table without column names
 * @param labels whether labels are required
 * @param header whether the first row of a text file names its columns
 * @param index columns that number or name the rows and are not features, in addition to those found by the rules,
 *     named as in {@code label}; an empty list if there are none at all
 */
public record TableColumns(
        Optional<String> features, Optional<String> label, Labels labels, Header header, Optional<List<String>> index) {

    /** The default name of the feature column. */
    public static final String DEFAULT_FEATURES = "features";

    /** Whether labels are required. */
    public enum Labels {
        /** Labels are required. */
        READ,
        /** Labels are ignored: a label column is not a feature, and every sample is in class 0. */
        IGNORED
    }

    /** Whether the first row names the columns. */
    public enum Header {
        /** Decided from the rows. */
        AUTO,
        /** It does. */
        YES,
        /** It is a sample. */
        NO
    }

    /** No requests: all roles are found by the rules. */
    public static TableColumns usual() {
        return new TableColumns(Optional.empty(), Optional.empty(), Labels.READ, Header.AUTO, Optional.empty());
    }

    /** Returns a copy with the features in this column of lists. */
    public TableColumns withFeatures(String name) {
        return new TableColumns(Optional.of(name), label, labels, header, index);
    }

    /** Returns a copy with the labels in this column. */
    public TableColumns withLabel(String name) {
        return new TableColumns(features, Optional.of(name), labels, header, index);
    }

    /** Returns a copy that ignores labels. */
    public TableColumns withoutLabels() {
        return new TableColumns(features, label, Labels.IGNORED, header, index);
    }

    /** Returns a copy with this rule for the first row. */
    public TableColumns withHeader(Header rule) {
        return new TableColumns(features, label, labels, rule, index);
    }

    /** Returns a copy with these index columns, perhaps none. */
    public TableColumns withIndex(List<String> names) {
        return new TableColumns(features, label, labels, header, Optional.of(List.copyOf(names)));
    }
}
