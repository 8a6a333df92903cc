package io.github.collapse4j.io.samples;

import java.util.List;
import java.util.Optional;

/** The samples of one table, whose columns may have names. */
public interface TableShard extends SampleShard {
    /**
     * {@return the names of the d feature columns in the order of the features; empty for text without a header and for
     * one column of lists}
     */
    Optional<List<String>> featureNames();

    /** {@return the name of the label column; empty if it has none or labels are ignored} */
    Optional<String> labelName();

    /**
     * Returns the same samples with the features in another order.
     *
     * @param names a permutation of {@link #featureNames}, which must be distinct
     */
    TableShard withFeatures(List<String> names);
}
