package io.github.collapse4j.io.samples;

import java.util.List;
import java.util.Optional;

/**
 * The roles of a typed table's columns, determined by {@link TypedTable#roles}.
 *
 * @param label the label column, empty if labels are ignored and there is none
 * @param features one column of lists, or columns of single numbers in table order
 * @param isList whether the features are one column of lists
 * @param notes one-line notes on columns that are left out
 */
public record ColumnRoles(
        Optional<TypedColumn> label, List<TypedColumn> features, boolean isList, List<String> notes) {}
