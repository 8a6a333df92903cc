package io.github.collapse4j.io.samples;

import java.util.List;
import java.util.Optional;

/** Samples of one table, whose columns may have names. */
public interface TableShard extends SampleShard {
    /**
     * {@return the names of the feature columns, d of them in the order of the features; empty where they have none: in
     * text without a header, or where one column holds lists}
     */
    Optional<List<String>> featureNames();

    /** {@return the name of the column of labels; empty where it has none, or where labels do not matter} */
    Optional<String> labelName();

    /**
     * The same samples with features in another order.
     *
     * @param names a permutation of {@link #featureNames}, which has no name twice
     */
    TableShard withFeatures(List<String> names);
}
