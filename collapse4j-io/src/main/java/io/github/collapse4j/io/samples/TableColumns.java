package io.github.collapse4j.io.samples;

import java.util.List;
import java.util.Optional;

/**
 * Which columns of a table hold what. Whatever is empty was not asked for and is found by the rules of
 * {@link LabelColumn} and {@link IndexColumn}.
 *
 * @param features the column of lists with the features; a table without lists has none of that name
 * @param label the column of labels; in a table whose columns have no names, its number from 1
 * @param labels whether there must be labels
 * @param header whether the first row of a text file names its columns
 * @param index columns that number or name the rows and are no features, named as {@code label} is, besides those that are
 *     found by the rules; an empty list if there are none at all
 */
public record TableColumns(
        Optional<String> features, Optional<String> label, Labels labels, Header header, Optional<List<String>> index) {

    /** What features are called where nothing else is said. */
    public static final String USUAL_FEATURES = "features";

    /** Whether there must be labels. */
    public enum Labels {
        /** There must be. */
        READ,
        /** They do not matter: a column of labels is not a feature, and every sample is of class 0. */
        IGNORED
    }

    /** Whether the first row names the columns. */
    public enum Header {
        /** The rows tell. */
        AUTO,
        /** It does. */
        YES,
        /** It is a sample. */
        NO
    }

    /** Nothing is asked for. */
    public static TableColumns usual() {
        return new TableColumns(Optional.empty(), Optional.empty(), Labels.READ, Header.AUTO, Optional.empty());
    }

    /** The same, with the features in this column of lists. */
    public TableColumns withFeatures(String name) {
        return new TableColumns(Optional.of(name), label, labels, header, index);
    }

    /** The same, with the labels in this column. */
    public TableColumns withLabel(String name) {
        return new TableColumns(features, Optional.of(name), labels, header, index);
    }

    /** The same, with labels that do not matter. */
    public TableColumns withoutLabels() {
        return new TableColumns(features, label, Labels.IGNORED, header, index);
    }

    /** The same, where the first row names the columns, or does not. */
    public TableColumns withHeader(Header rule) {
        return new TableColumns(features, label, labels, rule, index);
    }

    /** The same, with these columns, perhaps none, that number or name the rows. */
    public TableColumns withIndex(List<String> names) {
        return new TableColumns(features, label, labels, header, Optional.of(List.copyOf(names)));
    }
}
