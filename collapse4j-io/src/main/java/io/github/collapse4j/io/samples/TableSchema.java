package io.github.collapse4j.io.samples;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.OneLine;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The columns of the first table, which determine the column order for all others.
 *
 * @param file the first table
 * @param featureNames as in {@link TableShard#featureNames}
 * @param labelName as in {@link TableShard#labelName}
 */
record TableSchema(String file, Optional<List<String>> featureNames, Optional<String> labelName) {
    static TableSchema of(TableShard shard) {
        return new TableSchema(shard.name(), shard.featureNames(), shard.labelName());
    }

    /** {@return the columns to open another table with: the same label column, unless another is requested} */
    TableColumns columns(TableColumns wanted) {
        return wanted.label().isPresent() || labelName.isEmpty() ? wanted : wanted.withLabel(labelName.get());
    }

    /**
     * Reorders another table's features to match the first table.
     *
     * @throws InputException if the names differ, or only one of the tables has names
     */
    TableShard align(TableShard other) throws InputException {
        if (other.featureNames().equals(featureNames)) {
            return other;
        }
        if (featureNames.isEmpty() || other.featureNames().isEmpty()) {
            throw new InputException(
                    other.name() + ": expected feature columns " + (featureNames.isPresent() ? "with" : "without")
                            + " names as in " + file + ", found them " + described(other.featureNames())
                            + " (if the first row of a CSV file was misinterpreted: --header yes|no)");
        }
        List<String> ours = featureNames.get();
        List<String> theirs = other.featureNames().get();
        Set<String> distinct = new HashSet<>(ours);
        if (distinct.size() == ours.size() && ours.size() == theirs.size() && distinct.equals(new HashSet<>(theirs))) {
            return other.withFeatures(ours);
        }
        throw new InputException(other.name() + ": expected " + ours.size() + " feature columns as in " + file
                + ", found " + theirs.size() + difference("without", ours, theirs) + difference("with", theirs, ours));
    }

    private static String described(Optional<List<String>> names) {
        return names.map(list -> "with names " + OneLine.shortened(list.toString()))
                .orElse("without");
    }

    /** The names missing from the others. */
    private static String difference(String word, List<String> names, List<String> others) {
        Set<String> present = new HashSet<>(others);
        List<String> missing =
                names.stream().filter(name -> !present.contains(name)).toList();
        return missing.isEmpty() ? "" : ", " + word + " " + OneLine.shortened(missing.toString());
    }
}
