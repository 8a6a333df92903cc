package io.github.collapse4j.io;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.collapse4j.io.file.AtomicFile;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.TrainingLoss.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a last layer was trained to minimise, stored in its folder as {@code objective.json}: an object with the name of
 * the loss, its options, and the penalties. Every key but {@code loss} may be missing.
 *
 * @param loss the loss
 * @param lambdaW λ_W; empty if it has to be implied
 * @param lambdaH λ_H; empty if it has to be implied
 * @param lambdaB λ_b, 0 for a free bias; empty if unknown or if there is no bias
 * @param weightDecay that of all parameters, if the features had no penalty of their own: then λ_W and λ_b, if they are
 *     not stated, and λ_H by balance
 * @param targets the name of the file with a target for each sample (N×K), in the same folder; empty for class labels
 */
public record TrainedObjective(
        TrainingLoss loss,
        OptionalDouble lambdaW,
        OptionalDouble lambdaH,
        OptionalDouble lambdaB,
        OptionalDouble weightDecay,
        Optional<String> targets) {
    /** The name of the file. */
    public static final String FILE = "objective.json";

    /** Losses by their names on the command line and in files. */
    static final Map<String, Kind> KINDS = Map.of("ce", Kind.SOFTMAX, "mse", Kind.SQUARED, "bce", Kind.SIGMOID);

    /** Of class labels, with these penalties. */
    public static TrainedObjective of(
            TrainingLoss loss, OptionalDouble lambdaW, OptionalDouble lambdaH, OptionalDouble lambdaB) {
        return new TrainedObjective(loss, lambdaW, lambdaH, lambdaB, OptionalDouble.empty(), Optional.empty());
    }

    /**
     * Reads the objective of a layer, if its folder has one.
     *
     * @throws InputException if the file is not an objective
     */
    public static Optional<TrainedObjective> in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        return Files.isRegularFile(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /**
     * Reads an objective.
     *
     * @throws InputException if the file is not an objective
     */
    public static TrainedObjective read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new ObjectiveParser(in, file.toString()).parse();
        }
    }

    /** Writes the objective into the folder of a layer, replacing an older one. */
    public void write(Path folder) throws IOException {
        JsonObject json = new JsonObject();
        KINDS.forEach((name, kind) -> {
            if (kind == loss.kind()) {
                json.addProperty("loss", name);
            }
        });
        if (loss.smoothing() != 0) {
            json.addProperty("labelSmoothing", loss.smoothing());
        }
        loss.classWeights().ifPresent(weights -> json.add("classWeights", array(weights)));
        if (loss.logitAdjustment() != 0) {
            json.addProperty("logitAdjustment", loss.logitAdjustment());
        }
        loss.margins().ifPresent(margins -> json.add("margins", array(margins)));
        loss.positiveWeights().ifPresent(weights -> json.add("posWeight", array(weights)));
        targets.ifPresent(name -> json.addProperty("targets", name));
        lambdaW.ifPresent(lambda -> json.addProperty("lambdaW", lambda));
        lambdaH.ifPresent(lambda -> json.addProperty("lambdaH", lambda));
        lambdaB.ifPresent(lambda -> json.addProperty("lambdaB", lambda));
        weightDecay.ifPresent(lambda -> json.addProperty("weightDecay", lambda));
        String text = new GsonBuilder().setPrettyPrinting().create().toJson(json);
        AtomicFile.writeString(folder.resolve(FILE), text + "\n");
    }

    private static JsonArray array(double[] numbers) {
        JsonArray array = new JsonArray();
        for (double number : numbers) {
            array.add(number);
        }
        return array;
    }
}
