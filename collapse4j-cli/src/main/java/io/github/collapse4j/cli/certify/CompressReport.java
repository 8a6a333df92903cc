package io.github.collapse4j.cli.certify;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.cli.text.Version;
import io.github.collapse4j.io.LayerCompression;
import io.github.collapse4j.io.TrainedObjective;
import io.github.collapse4j.lastlayer.PredictionComparison;
import io.github.collapse4j.linalg.Matrix;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The report on a compression, as text and as JSON.
 *
 * @param folder where the layer was written to
 * @param classifier W of the original layer
 * @param centred whether only differences of logits were kept
 * @param targets the file of targets that was copied, if there is one
 * @param objective what the original layer's folder states
 * @param carried what was written of that
 */
record CompressReport(
        Path folder,
        LayerCompression.Result result,
        Matrix classifier,
        boolean centred,
        boolean hasBias,
        boolean hasLabels,
        Optional<Path> targets,
        Optional<TrainedObjective> objective,
        Optional<TrainedObjective> carried) {
    String text() {
        PredictionComparison comparison = result.comparison();
        long samples = comparison.samples();
        double share = 1 - (double) result.bytesAfter() / result.bytesBefore();
        return "\n"
                + new Table("  ")
                        .row(
                                "features",
                                samples + "×" + classifier.columns() + " to " + samples + "×"
                                        + result.featureDimension())
                        .row(
                                "weights",
                                classifier.rows() + "×" + classifier.columns() + " to " + classifier.rows() + "×"
                                        + result.featureDimension())
                        .row(
                                "bytes",
                                Table.format(
                                        "%,d to %,d (%.1f %% saved), including the projection",
                                        result.bytesBefore(), result.bytesAfter(), 100 * share))
                        .row(
                                "predictions",
                                Table.format("%,d of %,d changed", comparison.changed(), comparison.samples()))
                        .row(
                                "logits",
                                "differ by at most " + Table.format("%.1e", comparison.relativeLogitDifference())
                                        + " of the largest")
                + "\n  Written to " + folder + ": features.npy, weights.npy, projection.npy"
                + (hasBias ? ", bias.npy" : "") + (hasLabels ? ", labels.npy" : "")
                + (targets.isPresent() ? ", " + CompressCommand.TARGETS : "")
                + (carried.isPresent() ? ", " + TrainedObjective.FILE : "") + "\n"
                + (result.losesSign() ? signs() : "")
                + (objective.isPresent() && !carried.isPresent() ? left() : "");
    }

    /** What changes for features after a ReLU. */
    private static String signs() {
        StringBuilder text = new StringBuilder("\n");
        Paragraph.append(
                text,
                "The features had no negative entries, as after a ReLU; in fewer dimensions they have. Certify takes the"
                        + " compressed layer for one with free features, whose optimum is lower, and measure no longer compares"
                        + " its means with an orthogonal frame. Judge the original features for both.");
        return text.toString();
    }

    private static String left() {
        StringBuilder text = new StringBuilder("\n");
        Paragraph.append(
                text,
                "The objective.json of the folder was not copied. Cosines change where features have parts that no class"
                        + " sees, so the compressed layer is no cosine head of the same temperature.");
        return text.toString();
    }

    JsonObject json() {
        JsonObject object = new JsonObject();
        object.addProperty("version", Version.current());
        object.addProperty("classes", classifier.rows());
        object.addProperty("samples", result.comparison().samples());
        object.addProperty("featureDimension", classifier.columns());
        object.addProperty("compressedDimension", result.featureDimension());
        object.addProperty("centred", centred);
        object.addProperty("bytesBefore", result.bytesBefore());
        object.addProperty("bytesAfter", result.bytesAfter());
        object.addProperty("predictionsChanged", result.comparison().changed());
        object.addProperty("tiesChanged", result.comparison().changedTies());
        object.addProperty("losesSign", result.losesSign());
        object.add(
                "relativeLogitDifference", JsonOption.number(result.comparison().relativeLogitDifference()));
        object.addProperty("out", folder.toString());
        return object;
    }
}
