package io.github.collapse4j.cli.option;

import com.google.gson.JsonObject;
import io.github.collapse4j.model.Loss;

/**
 * A loss as it was asked for.
 *
 * @param name which of the losses
 * @param loss what it is
 * @param title in words, with its options
 * @param arguments the options that state it again, each after a space; empty for plain cross-entropy
 * @param assumed the numbers behind the options; empty without options
 */
public record StatedLoss(LossName name, Loss loss, String title, String arguments, JsonObject assumed) {
    /** Adds the loss, and what was assumed of it, to a result. */
    public void addTo(JsonObject json) {
        json.addProperty("loss", name.name());
        if (!assumed.isEmpty()) {
            json.add("lossOptions", assumed);
        }
    }
}
