package io.github.collapse4j.io;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.collapse4j.io.file.AtomicFile;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.TrainingLoss.Kind;
import io.github.collapse4j.model.UfmProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What a last layer was trained to minimise, stored in its folder as {@code objective.json}: an object with the name of
 * the loss, its options, the domain of the features, and the penalties. Every key but {@code loss} may be missing.
 *
 * @param loss the loss
 * @param lambdaW λ_W; empty if it has to be implied
 * @param lambdaH λ_H; empty if it has to be implied
 * @param lambdaB λ_b, 0 for a free bias; empty if unknown or if there is no bias
 * @param weightDecay that of all parameters, if the features had no penalty of their own: then λ_W and λ_b, if they are
 *     not stated, and λ_H by balance
 * @param targets the name of the file with a target for each sample (N×K), in the same folder; empty for class labels
 * @param features the domain of the features; empty if they have to show it
 */
public record TrainedObjective(
        TrainingLoss loss,
        OptionalDouble lambdaW,
        OptionalDouble lambdaH,
        OptionalDouble lambdaB,
        OptionalDouble weightDecay,
        Optional<String> targets,
        Optional<StatedFeatures> features) {
    /** The name of the file. */
    public static final String FILE = "objective.json";

    /** Losses by their names on the command line and in files. */
    static final Map<String, Kind> KINDS = Map.of("ce", Kind.SOFTMAX, "mse", Kind.SQUARED, "bce", Kind.SIGMOID);

    /** @throws IllegalArgumentException if a cosine head has anything but plain cross-entropy of classes */
    public TrainedObjective {
        boolean isCosine =
                features.filter(stated -> stated.domain() == FeatureDomain.UNIT).isPresent();
        boolean hasPenalties = Stream.of(lambdaW, lambdaH, lambdaB, weightDecay).anyMatch(OptionalDouble::isPresent);
        if (isCosine && (loss.kind() != Kind.SOFTMAX || !loss.isPlain() || hasPenalties || targets.isPresent())) {
            throw new IllegalArgumentException(
                    "features: expected plain cross-entropy of classes without penalties for unit"
                            + " features, found more");
        }
    }

    /** A loss of class labels, and nothing more. */
    public static TrainedObjective of(TrainingLoss loss) {
        OptionalDouble none = OptionalDouble.empty();
        return new TrainedObjective(loss, none, none, none, none, Optional.empty(), Optional.empty());
    }

    /** What a model minimises, for a loss of class labels as it was specified. */
    public static TrainedObjective of(TrainingLoss loss, UfmProblem problem) {
        return of(loss).withPenalties(
                        OptionalDouble.of(problem.lambdaW()),
                        OptionalDouble.of(problem.lambdaH()),
                        problem.bias().isPresent()
                                ? OptionalDouble.of(problem.bias().lambda())
                                : OptionalDouble.empty());
    }

    /**
     * What a cosine head minimises (docs/theory.md §13).
     *
     * @param temperature τ
     * @param margin m, the same for all classes
     */
    public static TrainedObjective cosine(double temperature, double margin) {
        return of(TrainingLoss.of(Kind.SOFTMAX)).withFeatures(StatedFeatures.unit(temperature, margin));
    }

    /** The same with these penalties of their own. */
    public TrainedObjective withPenalties(OptionalDouble w, OptionalDouble h, OptionalDouble b) {
        return new TrainedObjective(loss, w, h, b, weightDecay, targets, features);
    }

    /** The same with this weight decay of all parameters. */
    public TrainedObjective withWeightDecay(OptionalDouble decay) {
        return new TrainedObjective(loss, lambdaW, lambdaH, lambdaB, decay, targets, features);
    }

    /** The same for targets in a file of the same folder. */
    public TrainedObjective withTargets(String file) {
        return new TrainedObjective(loss, lambdaW, lambdaH, lambdaB, weightDecay, Optional.of(file), features);
    }

    /** The same with features of this domain. */
    public TrainedObjective withFeatures(StatedFeatures stated) {
        return new TrainedObjective(loss, lambdaW, lambdaH, lambdaB, weightDecay, targets, Optional.of(stated));
    }

    /**
     * Reads the objective of a layer, if its folder has one.
     *
     * @throws InputException if the file is not an objective
     */
    public static Optional<TrainedObjective> in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.isRegularFile(file)) {
            return Optional.of(read(file));
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new InputException(
                    file + ": expected a regular file, found " + (Files.isDirectory(file) ? "a directory" : "none"));
        }
        return Optional.empty();
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
        features.ifPresent(stated -> {
            json.addProperty("features", stated.domain().toString());
            stated.temperature().ifPresent(temperature -> json.addProperty("temperature", temperature));
            if (stated.margin() != 0) {
                json.addProperty("margin", stated.margin());
            }
        });
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
