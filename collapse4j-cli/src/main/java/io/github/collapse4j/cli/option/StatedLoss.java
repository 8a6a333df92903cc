package io.github.collapse4j.cli.option;

import com.google.gson.JsonObject;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.proof.LossKind;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * A loss as specified on the command line.
 *
 * @param name the name of the loss
 * @param loss the loss itself
 * @param title description in words, with its options
 * @param arguments the options that specify it, each preceded by a space; empty for plain cross-entropy
 * @param assumed the numbers that result from the options; empty without options
 */
public record StatedLoss(LossName name, Loss loss, String title, String arguments, JsonObject assumed) {
    /** The loss of a proof; one without proofs is a usage error of {@code --prove}. */
    public LossKind provable(CommandLine command) {
        if (!loss.isPlain()) {
            throw new ParameterException(
                    command,
                    "--prove: expected ce or mse without further options of the loss, for which there are proofs");
        }
        return name == LossName.ce ? LossKind.CROSS_ENTROPY : LossKind.SQUARED_ERROR;
    }

    /** Adds the loss and its numbers to a result. */
    public void addTo(JsonObject json) {
        json.addProperty("loss", name.name());
        if (!assumed.isEmpty()) {
            json.add("lossOptions", assumed);
        }
    }
}
