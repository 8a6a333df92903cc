package io.github.collapse4j.io.samples;

import java.util.List;
import java.util.Optional;

/**
 * What the columns of a table with types are, found by {@link TypedTable#roles}.
 *
 * @param label the column of labels, empty where labels do not matter and there are none
 * @param features one column of lists, or columns of single numbers in the order of the table
 * @param isList which of the two
 * @param notes on columns that are left out, each in one line
 */
public record ColumnRoles(
        Optional<TypedColumn> label, List<TypedColumn> features, boolean isList, List<String> notes) {}
