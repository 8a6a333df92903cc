package io.github.collapse4j.io.onnx;

import java.util.List;
import java.util.OptionalLong;

/**
 * An input of a model that has to be given, unlike its parameters.
 *
 * @param name its name
 * @param type of its elements
 * @param dimensions the length of each, empty where it is free, as that of a batch usually is; no dimensions at all if
 *     the model does not tell
 */
public record OnnxInput(String name, OnnxType type, List<OptionalLong> dimensions) {
    /** Copies the dimensions. */
    public OnnxInput {
        dimensions = List.copyOf(dimensions);
    }
}
