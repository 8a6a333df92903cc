package io.github.collapse4j.io.input;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What a model takes.
 *
 * @param name the name of its input
 * @param type the type of its elements
 * @param dimensions its shape, samples first; 0 for a dimension that may have any length
 */
public record ModelInput(String name, ElementType type, int[] dimensions) {
    /** @throws IllegalArgumentException if there is no dimension, or one is negative */
    public ModelInput {
        if (dimensions.length == 0 || Arrays.stream(dimensions).anyMatch(length -> length < 0)) {
            throw new IllegalArgumentException("dimensions: " + Arrays.toString(dimensions));
        }
    }

    /** The number of samples that it takes at a time, if it takes no other. */
    public OptionalInt batch() {
        return dimensions[0] == 0 ? OptionalInt.empty() : OptionalInt.of(dimensions[0]);
    }

    /** The shape of one sample; 0 for any length. */
    public int[] sample() {
        return Arrays.copyOfRange(dimensions, 1, dimensions.length);
    }

    /** Name, type and shape, for messages. */
    public String text() {
        return name + " " + type.title() + " " + shapeText(dimensions);
    }

    /** A shape such as {@code N×1×28×28}. */
    private static String shapeText(int[] shape) {
        return Arrays.stream(shape)
                .mapToObj(length -> length == 0 ? "?" : Integer.toString(length))
                .collect(Collectors.joining("×"));
    }

    /** The shape of one sample, for messages. */
    String sampleText() {
        return text(sample());
    }

    static String text(int[] shape) {
        return shape.length == 0 ? "single numbers" : shapeText(shape);
    }
}
