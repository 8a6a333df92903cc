package io.github.collapse4j.report;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** The samples computed by sample-landscape.py and sample-measure.py, and variants of them. */
final class Samples {
    private Samples() {}

    static JsonObject landscape() {
        return JsonParser.parseString(Resources.text("sample-landscape.json")).getAsJsonObject();
    }

    static JsonObject landscapeWithoutAnimations() {
        JsonObject result = landscape();
        result.getAsJsonArray("models").forEach(model -> model.getAsJsonObject().remove("animation"));
        return result;
    }

    /** The output of {@code collapse4j demo --epochs 30}, with fewer points per curve. */
    static JsonObject demo() {
        return JsonParser.parseString(Resources.text("sample-demo.json")).getAsJsonObject();
    }

    /**
     * The output of {@code collapse4j plan} for the example of the guide, or for six classes of 50 samples.
     *
     * @param name tail or balanced
     */
    static JsonObject plan(String name) {
        return JsonParser.parseString(Resources.text("sample-plan.json"))
                .getAsJsonObject()
                .getAsJsonObject(name);
    }

    /** A verdict with every part that its page can show, made up. */
    static JsonObject verdict() {
        return JsonParser.parseString(Resources.text("sample-verdict.json")).getAsJsonObject();
    }

    /** @param name series, three or many */
    static JsonObject measure(String name) {
        return JsonParser.parseString(Resources.text("sample-measure.json"))
                .getAsJsonObject()
                .getAsJsonObject(name);
    }
}
