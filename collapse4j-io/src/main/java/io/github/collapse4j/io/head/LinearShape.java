package io.github.collapse4j.io.head;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A linear map among the parameters of a model that do not tell how layers are connected.
 *
 * @param name its weights, or its layer
 * @param outputs the number of its outputs, K if it is the last
 * @param inputs the number of its inputs, d if it is the last
 */
public record LinearShape(String name, long outputs, long inputs) {
    /** {@return whether another layer takes as many inputs as this one has outputs} */
    public boolean fits(LinearShape other) {
        return other.inputs == outputs;
    }

    /** {@return a list such as {@code fc.weight (10×64), head.weight (2×64)}} */
    public static String list(List<LinearShape> layers) {
        return layers.stream().map(LinearShape::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name + " (" + outputs + "×" + inputs + ")";
    }
}
