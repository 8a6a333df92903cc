package io.github.collapse4j.io.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer of a model's configuration.
 *
 * @param type its class, such as {@code Dense}
 * @param name its name
 * @param config its options
 * @param inputs the names of the layers whose outputs it takes; empty in a sequence
 */
record KerasLayer(String type, String name, JsonObject config, List<String> inputs) {
    static KerasLayer of(JsonObject json) {
        JsonObject config = json.has("config") && json.get("config").isJsonObject()
                ? json.getAsJsonObject("config")
                : new JsonObject();
        List<String> inputs = new ArrayList<>();
        if (json.has("inbound_nodes")) {
            addInputs(json.get("inbound_nodes"), inputs);
        }
        String name = text(json, "name", text(config, "name", ""));
        return new KerasLayer(text(json, "class_name", ""), name, config, inputs);
    }

    /** Both forms: lists that begin with a layer's name, or objects with a {@code keras_history}. */
    private static void addInputs(JsonElement nodes, List<String> inputs) {
        if (nodes.isJsonArray()) {
            JsonArray array = nodes.getAsJsonArray();
            if (array.size() >= 3 && isText(array.get(0)) && !array.get(1).isJsonObject()) {
                inputs.add(array.get(0).getAsString());
                return;
            }
            array.forEach(node -> addInputs(node, inputs));
        } else if (nodes.isJsonObject()) {
            nodes.getAsJsonObject().entrySet().forEach(entry -> addInputs(entry.getValue(), inputs));
        }
    }

    private static boolean isText(JsonElement json) {
        return json.isJsonPrimitive() && json.getAsJsonPrimitive().isString();
    }

    static String text(JsonObject json, String key, String otherwise) {
        return json.has(key) && isText(json.get(key)) ? json.get(key).getAsString() : otherwise;
    }

    /** The layers inside, if it is a model itself. */
    List<KerasLayer> layers() {
        List<KerasLayer> layers = new ArrayList<>();
        if (config.has("layers") && config.get("layers").isJsonArray()) {
            for (JsonElement layer : config.getAsJsonArray("layers")) {
                if (layer.isJsonObject()) {
                    layers.add(of(layer.getAsJsonObject()));
                }
            }
        }
        return layers;
    }

    /** The names of the layers that make the outputs, if the configuration tells. */
    List<String> outputs() {
        List<String> outputs = new ArrayList<>();
        if (config.has("output_layers")) {
            addInputs(config.get("output_layers"), outputs);
        }
        return outputs;
    }

    double number(String option, double otherwise, Origin origin) throws FormatException {
        JsonElement value = config.get(option);
        if (value == null || value.isJsonNull()) {
            return otherwise;
        }
        try {
            return value.getAsDouble();
        } catch (NumberFormatException | UnsupportedOperationException | IllegalStateException e) {
            throw origin.defect(option + " of '" + name + "'", "a number", value.toString(), 0);
        }
    }

    boolean isTrue(String option, boolean otherwise) {
        return (config.has(option) && config.get(option).isJsonPrimitive())
                ? config.get(option).getAsBoolean()
                : otherwise;
    }
}
