package io.github.collapse4j.io.samples;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.array.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** The rule that finds a table's label column by name, the same for every format. */
public final class LabelColumn {
    private static final String USUAL = "label";
    private static final Set<String> KNOWN = Set.of(USUAL, "labels", "target", "targets", "class", "y");

    private LabelColumn() {}

    /**
     * Finds the label column: the one requested; otherwise {@code label}; otherwise the only one named label, labels,
     * target, targets, class or y in any case.
     *
     * @param file name of the table in messages
     * @param names names of all columns
     * @param wanted the requested name, if any, and whether labels are required
     * @return its index; empty if no name is requested and none is known, or if labels are ignored and there are none
     * @throws InputException if the requested name is missing, or several columns qualify
     */
    public static OptionalInt find(String file, List<String> names, TableColumns wanted) throws InputException {
        if (wanted.label().isPresent()) {
            String name = wanted.label().get();
            return wanted.labels() == TableColumns.Labels.IGNORED && !names.contains(name)
                    ? OptionalInt.empty()
                    : named(file, names, name);
        }
        List<Integer> usual = matching(names, Set.of(USUAL), false);
        return usual.isEmpty() ? known(file, names) : named(file, names, USUAL);
    }

    /**
     * Finds a column by its exact name.
     *
     * @throws InputException unless there is exactly one
     */
    public static OptionalInt named(String file, List<String> names, String name) throws InputException {
        List<Integer> found = matching(names, Set.of(name), false);
        if (found.size() > 1) {
            throw new InputException(file + ": expected one column named '" + name + "', found several");
        }
        if (found.isEmpty()) {
            throw new InputException(
                    file + ": expected a column named '" + name + "', found " + OneLine.shortened(names.toString()));
        }
        return OptionalInt.of(found.get(0));
    }

    private static OptionalInt known(String file, List<String> names) throws InputException {
        List<Integer> known = matching(names, KNOWN, true);
        if (known.size() > 1) {
            throw new InputException(file + ": expected one column of labels, found '" + names.get(known.get(0))
                    + "' and '" + names.get(known.get(1)) + "': name it with --label-column");
        }
        return known.isEmpty() ? OptionalInt.empty() : OptionalInt.of(known.get(0));
    }

    private static List<Integer> matching(List<String> names, Set<String> wanted, boolean ignoringCase) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = ignoringCase ? names.get(i).toLowerCase(Locale.ROOT) : names.get(i);
            if (wanted.contains(name)) {
                found.add(i);
            }
        }
        return found;
    }
}
