package io.github.collapse4j.io.torch;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names the tensors of nested dictionaries and lists by their keys, joined with points, in the order of the file. A
 * container that occurs repeatedly, or in itself, is searched once.
 */
final class TensorNames {
    private static final int DEEPEST = 64;

    /** Of all names and their parts; the largest models have a few million. */
    private static final int MAX_CHARACTERS = 1 << 24;

    private final Map<String, Pickled.Tensor> tensors = new LinkedHashMap<>();
    private final Set<Pickled> visited = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Origin origin;
    private long characters;

    private TensorNames(Origin origin) {
        this.origin = origin;
    }

    /**
     * Finds the tensors.
     *
     * @param alone the name of a tensor that is not in a container
     * @throws FormatException if names repeat so much text that they do not fit into memory
     */
    static Map<String, Pickled.Tensor> of(Pickled root, String alone, Origin origin) throws FormatException {
        TensorNames names = new TensorNames(origin);
        names.add(root, "", alone, 0);
        return names.tensors;
    }

    private void add(Pickled value, String prefix, String name, int depth) throws FormatException {
        if (value instanceof Pickled.Tensor tensor) {
            count(prefix, name);
            tensors.put(prefix + name, tensor);
            return;
        }
        if (depth == DEEPEST || !visited.add(value)) {
            return;
        }
        count(prefix, name);
        String inside = depth == 0 ? "" : prefix + name + ".";
        if (value instanceof Pickled.Pairs pairs) {
            for (int i = 0; i < pairs.keys().size(); i++) {
                add(pairs.values().get(i), inside, key(pairs.keys().get(i)), depth + 1);
            }
        } else if (value instanceof Pickled.Items items) {
            List<Pickled> list = items.items();
            for (int i = 0; i < list.size(); i++) {
                add(list.get(i), inside, Integer.toString(i), depth + 1);
            }
        }
    }

    private void count(String prefix, String name) throws FormatException {
        characters += prefix.length() + name.length();
        if (characters > MAX_CHARACTERS) {
            throw origin.defect("names of tensors", "at most " + MAX_CHARACTERS + " characters", "more", 0);
        }
    }

    private static String key(Pickled key) {
        if (key instanceof Pickled.Text text) {
            return text.value();
        }
        return key instanceof Pickled.Whole whole ? whole.value().toString() : "?";
    }
}
