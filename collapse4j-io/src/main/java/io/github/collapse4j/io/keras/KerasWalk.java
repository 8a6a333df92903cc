package io.github.collapse4j.io.keras;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The last Dense layer of a model, found by its configuration.
 *
 * @param dense the layer
 * @param after the BatchNormalization and Rescaling layers after it, the last first
 * @param path the names of the models that it is in, outermost first
 */
record KerasWalk(KerasLayer dense, List<KerasLayer> after, List<String> path) {
    private static final Set<String> PASSED =
            Set.of("Activation", "Softmax", "Dropout", "Flatten", "Reshape", "GaussianNoise");

    /** Layers that are folded in. */
    private static final Set<String> AFFINE = Set.of("BatchNormalization", "Rescaling");

    private static final Set<String> LINEAR = Set.of("linear", "");
    private static final Set<String> ACTIVATIONS = Set.of("linear", "softmax", "sigmoid", "log_softmax", "");
    private static final int DEEPEST = 16;

    static KerasWalk of(KerasLayer model, Origin origin) throws FormatException {
        return from(model, new ArrayList<>(), new ArrayList<>(), origin);
    }

    private static KerasWalk from(KerasLayer model, List<KerasLayer> after, List<String> path, Origin origin)
            throws FormatException {
        if (path.size() > DEEPEST) {
            throw origin.defect("config", "at most " + DEEPEST + " nested models", "more", 0);
        }
        List<KerasLayer> layers = model.layers();
        List<String> outputs = model.outputs();
        if (outputs.size() > 1) {
            throw origin.defect("config", "one output, or FILE:LAYER", String.join(", ", outputs), 0);
        }
        Optional<KerasLayer> next = outputs.isEmpty() ? last(layers, layers.size()) : named(layers, outputs.get(0));
        for (int steps = 0; steps <= layers.size() && next.isPresent(); steps++) {
            KerasLayer layer = next.get();
            if (layer.type().equals("Dense")) {
                requireLinear(layer, after, origin);
                return new KerasWalk(layer, after, path);
            }
            if (!layer.layers().isEmpty()) {
                List<String> inner = new ArrayList<>(path);
                inner.add(layer.name());
                return from(layer, after, inner, origin);
            }
            if (AFFINE.contains(layer.type())) {
                after.add(layer);
            } else if (PASSED.contains(layer.type())) {
                requireActivation(layer, after, origin);
            } else {
                throw origin.defect(
                        "config", "a Dense layer before the output", layer.type() + " '" + layer.name() + "'", 0);
            }
            next = layer.inputs().isEmpty()
                    ? last(layers, layers.indexOf(layer))
                    : layer.inputs().stream().distinct().count() == 1
                            ? named(layers, layer.inputs().get(0))
                            : Optional.empty();
        }
        throw origin.defect("config", "a Dense layer before the output", "none", 0);
    }

    private static Optional<KerasLayer> last(List<KerasLayer> layers, int end) {
        return end > 0 ? Optional.of(layers.get(end - 1)) : Optional.empty();
    }

    static Optional<KerasLayer> named(List<KerasLayer> layers, String name) {
        return layers.stream().filter(layer -> layer.name().equals(name)).findFirst();
    }

    /** Whatever is scaled or shifted after it, a softmax is no linear map. */
    private static void requireLinear(KerasLayer layer, List<KerasLayer> after, Origin origin) throws FormatException {
        String activation = layer.type().equals("Softmax") ? "softmax" : activation(layer);
        if (!(after.isEmpty() ? ACTIVATIONS : LINEAR).contains(activation)) {
            throw origin.defect(
                    "config",
                    "logits or probabilities from the last Dense layer",
                    "activation " + activation + " of '" + layer.name() + "'",
                    0);
        }
    }

    private static void requireActivation(KerasLayer layer, List<KerasLayer> after, Origin origin)
            throws FormatException {
        if (layer.type().equals("Activation") || layer.type().equals("Softmax")) {
            requireLinear(layer, after, origin);
        }
    }

    private static String activation(KerasLayer layer) {
        return layer.config().has("activation")
                        && layer.config().get("activation").isJsonObject()
                ? KerasLayer.text(layer.config().getAsJsonObject("activation"), "class_name", "?")
                : KerasLayer.text(layer.config(), "activation", "");
    }
}
