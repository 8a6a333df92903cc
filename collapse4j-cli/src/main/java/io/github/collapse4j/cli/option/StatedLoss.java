package io.github.collapse4j.cli.option;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.proof.LossKind;
import io.github.collapse4j.proof.TrainedLoss;
import io.github.collapse4j.prover.Translation;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * A loss as specified on the command line, or where a trained layer is stored.
 *
 * @param name the name of the loss
 * @param statement what was specified
 * @param loss the loss itself
 * @param title description in words, with its options
 * @param arguments the options that specify it, each preceded by a space; empty for plain cross-entropy
 * @param assumed the numbers that result from the options; empty without options
 */
public record StatedLoss(
        LossName name, TrainingLoss statement, Loss loss, String title, String arguments, JsonObject assumed) {
    /** Maximum length of a list of weights that is repeated in JSON. */
    private static final int MAX_LISTED = 5_000;

    /** Cross-entropy or squared error without options, which needs no class counts. */
    public static StatedLoss plain(LossName name) {
        TrainingLoss statement = TrainingLoss.of(name.kind());
        return new StatedLoss(
                name,
                statement,
                statement.ofClasses(ClassCounts.of(1, 1)),
                name.title(),
                name.argument(),
                new JsonObject());
    }

    /**
     * The loss of samples with class labels, as stored with a trained layer.
     *
     * @throws IllegalArgumentException if it is for another number of classes, or leaves no minimum with a free bias
     */
    public static StatedLoss of(TrainingLoss statement, ClassCounts counts, boolean freeBias) {
        Loss loss = statement.ofClasses(counts, freeBias);
        return new StatedLoss(
                LossName.of(statement.kind()), statement, loss, title(statement), "", assumed(statement, null));
    }

    /**
     * The loss of samples with targets, as stored with a trained layer.
     *
     * @param file where the targets are
     * @param targets K×M
     * @throws IllegalArgumentException if it is for other targets, or leaves no minimum with a free bias
     */
    public static StatedLoss ofTargets(
            TrainingLoss statement, ClassCounts counts, String file, Matrix targets, boolean freeBias) {
        Loss loss = statement.ofTargets(counts, targets, freeBias);
        return new StatedLoss(
                LossName.of(statement.kind()), statement, loss, title(statement), "", assumed(statement, file));
    }

    /** The loss in words, with its options. */
    public static String title(TrainingLoss statement) {
        return statement.kind()
                + (statement.smoothing() == 0 ? "" : ", label smoothing " + statement.smoothing())
                + range(", class weights ", statement.classWeights())
                + (statement.logitAdjustment() == 0 ? "" : ", logit adjustment " + statement.logitAdjustment())
                + range(", margins ", statement.margins())
                + range(", positive weights ", statement.positiveWeights());
    }

    private static String range(String what, Optional<double[]> given) {
        return given.map(numbers -> what + range(numbers)).orElse("");
    }

    private static String range(double[] numbers) {
        double least = Arrays.stream(numbers).min().orElseThrow();
        double most = Arrays.stream(numbers).max().orElseThrow();
        return least == most ? Table.number(least) : Table.number(least) + " to " + Table.number(most);
    }

    /** All factors of the loss; empty for cross-entropy and squared error of class labels without options. */
    static JsonObject assumed(TrainingLoss loss, @Nullable String targets) {
        JsonObject json = new JsonObject();
        if (targets != null) {
            json.addProperty("targets", targets);
        }
        if (targets != null || loss.kind() == TrainingLoss.Kind.SIGMOID || !loss.isPlain()) {
            boolean ofWeights = loss.classWeights().isPresent() && targets == null;
            json.addProperty("dividedBy", ofWeights ? "sum of the class weights of all samples" : "number of samples");
            json.addProperty("outputs", loss.kind() == TrainingLoss.Kind.SOFTMAX ? "softmax" : "summed");
        }
        if (!loss.isPlain()) {
            json.addProperty("labelSmoothing", loss.smoothing());
            loss.classWeights().ifPresent(weights -> add(json, "classWeights", weights));
            json.addProperty("logitAdjustment", loss.logitAdjustment());
            loss.margins().ifPresent(numbers -> add(json, "margins", numbers));
            loss.positiveWeights().ifPresent(weights -> add(json, "posWeight", weights));
        }
        return json;
    }

    private static void add(JsonObject json, String name, double[] numbers) {
        if (numbers.length <= MAX_LISTED) {
            json.add(name, JsonOption.numbers(numbers));
        }
    }

    /** The kind of loss of a proof. */
    public LossKind kind() {
        return switch (name) {
            case ce -> LossKind.CROSS_ENTROPY;
            case mse -> LossKind.SQUARED_ERROR;
            case bce -> LossKind.BINARY_CROSS_ENTROPY;
        };
    }

    /** Options of the loss of classes, as exact numbers of a proof. */
    public Optional<TrainedLoss> trained(CommandLine command, int classes) {
        return exact(command, () -> loss.isPlain() ? Optional.empty() : Translation.exact(statement, classes));
    }

    /** Options of the loss of targets, as exact numbers of a proof. */
    public Optional<TrainedLoss> trained(CommandLine command, Matrix targets) {
        return exact(command, () -> Optional.of(Translation.exact(statement, targets)));
    }

    private static Optional<TrainedLoss> exact(CommandLine command, Supplier<Optional<TrainedLoss>> loss) {
        try {
            return loss.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()));
        }
    }

    /** Adds the loss and its numbers to a result. */
    public void addTo(JsonObject json) {
        json.addProperty("loss", name.name());
        if (!assumed.isEmpty()) {
            json.add("lossOptions", assumed);
        }
    }
}
