package io.github.collapse4j.io.keras;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import io.github.collapse4j.io.head.LinearHead;
import io.github.collapse4j.io.head.LinearShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that {@code save_weights} of Keras 3 writes: groups such as {@code layers/dense_1/vars} tell the types of layers,
 * and the order of those of one type, but not how layers are connected. The last linear map is taken where that and the
 * shapes decide.
 */
final class UnorderedWeights {
    /** The layer, its type and, from the second layer of that type on, its number. */
    private static final Pattern VARIABLES = Pattern.compile("((?:.*/)?([^/]*?)(?:_(\\d{1,9}))?)/vars");

    private final Hdf5Arrays arrays;
    private final LayerArrays layers;
    private final Origin origin;

    UnorderedWeights(Hdf5Arrays arrays, LayerArrays layers, Origin origin) {
        this.arrays = arrays;
        this.layers = layers;
        this.origin = origin;
    }

    private record Layer(LinearShape shape, String type, int number) {
        boolean mayPrecede(Layer other) {
            return shape.fits(other.shape) && !(type.equals(other.type) && number >= other.number);
        }
    }

    /**
     * Finds the last linear map.
     *
     * @return empty if there is none
     * @throws FormatException if there are several, or a BatchNormalization may follow it
     */
    Optional<LinearHead> head() throws IOException {
        List<Layer> linear = linear();
        if (linear.isEmpty()) {
            return Optional.empty();
        }
        LinearShape last = last(linear);
        for (String group : arrays.groups()) {
            Matcher norm = VARIABLES.matcher(group);
            if (norm.matches()
                    && norm.group(2).equals("batch_normalization")
                    && shape(group).equals(List.of(last.outputs()))) {
                throw origin.defect(
                        "layers",
                        "no BatchNormalization that may follow " + last + ", or FILE:" + last.name()
                                + " to take that layer as it is",
                        norm.group(1) + " of as many channels",
                        0);
            }
        }
        return Optional.of(layers.dense(layers.named(last.name())));
    }

    private LinearShape last(List<Layer> linear) throws FormatException {
        List<LinearShape> ends = linear.stream()
                .filter(layer -> layer.shape().outputs() > 1 && linear.stream().noneMatch(layer::mayPrecede))
                .map(Layer::shape)
                .toList();
        if (ends.size() != 1) {
            throw origin.defect(
                    "layers",
                    "one last Dense layer, or FILE:LAYER, since weights alone do not tell how layers are connected",
                    LinearShape.list(
                            ends.isEmpty() ? linear.stream().map(Layer::shape).toList() : ends),
                    0);
        }
        return ends.get(0);
    }

    private List<Layer> linear() throws FormatException {
        List<Layer> linear = new ArrayList<>();
        for (String group : arrays.groups()) {
            Matcher layer = VARIABLES.matcher(group);
            List<Long> shape = shape(group);
            if (layer.matches() && shape.size() == 2 && isLinear(layer.group(1), layer.group(2))) {
                linear.add(new Layer(
                        new LinearShape(layer.group(1), shape.get(1), shape.get(0)),
                        layer.group(2),
                        layer.group(3) == null ? 0 : Integer.parseInt(layer.group(3))));
            }
        }
        return linear;
    }

    /** Cells are parts of recurrent layers. */
    private static boolean isLinear(String layer, String type) {
        return !layer.startsWith("optimizer") && !type.matches(".*(embedding|cell)");
    }

    /** {@return the shape of a layer's first array; empty if it has none} */
    private List<Long> shape(String group) throws FormatException {
        String first = group + "/0";
        return arrays.contains(first) ? arrays.header(first).shape() : List.of();
    }
}
