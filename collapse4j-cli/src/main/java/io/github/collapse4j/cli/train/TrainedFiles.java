package io.github.collapse4j.cli.train;

import io.github.collapse4j.djl.ProbedLayer;
import io.github.collapse4j.djl.network.LastFeatures;
import io.github.collapse4j.djl.train.Outcome;
import io.github.collapse4j.djl.train.Recipe;
import io.github.collapse4j.djl.train.Regularization;
import io.github.collapse4j.io.StatedFeatures;
import io.github.collapse4j.io.TrainedObjective;
import io.github.collapse4j.io.npy.NpyWriter;
import io.github.collapse4j.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A trained last layer as arrays in a folder, in the form that {@code certify} and {@code measure} read; float32 as
 * trained. With what was minimised, in the form that {@code certify} reads.
 */
record TrainedFiles(Path folder) {
    private static final String TARGETS = "soft_targets.npy";
    private static final String WEIGHTS = "weights.npy";

    void write(Outcome.Trained trained) throws IOException {
        Files.deleteIfExists(
                folder.resolve(WEIGHTS)); // files of an earlier, shorter training cannot be mistaken for these
        ProbedLayer train = trained.train();
        features("features.npy", train.features());
        labels("labels.npy", train.labels());
        features("test_features.npy", trained.test().features());
        labels("test_labels.npy", trained.test().labels());
        if (train.hasBias()) {
            floats().writeVector(folder.resolve("bias.npy"), train.bias());
        }
        if (train.targets().isPresent()) {
            Matrix targets = train.targets().get(); // in double precision, as read
            new NpyWriter(NpyWriter.Type.FLOAT64)
                    .writeMatrix(
                            folder.resolve(TARGETS),
                            targets.data(),
                            /* rows= */ targets.columns(),
                            /* columns= */ targets.rows(),
                            NpyWriter.Layout.ROW_MAJOR);
        }
        objective(trained.recipe(), train.targets().isPresent()).write(folder);
        Matrix classifier = train.classifier();
        floats().writeMatrix(
                        folder.resolve(WEIGHTS),
                        classifier.data(),
                        classifier.rows(),
                        classifier.columns(),
                        NpyWriter.Layout.COLUMN_MAJOR);
    }

    /** What the certificate assumes; a head that is not trained with the features has no penalties to state. */
    private static TrainedObjective objective(Recipe recipe, boolean hasTargets) {
        if (recipe.features() instanceof LastFeatures.Normalised unit) {
            return TrainedObjective.cosine(unit.temperature(), 0);
        }
        OptionalDouble none = OptionalDouble.empty();
        OptionalDouble decay = recipe.headDecay();
        TrainedObjective loss = TrainedObjective.of(recipe.loss())
                .withFeatures(StatedFeatures.of(recipe.features().domain()));
        TrainedObjective ofLabels = recipe.regularization() instanceof Regularization.Explicit explicit
                ? loss.withPenalties(
                        OptionalDouble.of(explicit.lambdaW()),
                        OptionalDouble.of(explicit.lambdaH()),
                        recipe.bias() ? OptionalDouble.of(explicit.lambdaB()) : none)
                : loss.withPenalties(decay, none, recipe.bias() ? decay : none).withWeightDecay(decay);
        return hasTargets ? ofLabels.withTargets(TARGETS) : ofLabels;
    }

    /** The columns of H are the rows of the file. */
    private void features(String name, Matrix features) throws IOException {
        floats().writeMatrix(
                        folder.resolve(name),
                        features.data(),
                        /* rows= */ features.columns(),
                        /* columns= */ features.rows(),
                        NpyWriter.Layout.ROW_MAJOR);
    }

    private void labels(String name, int[] labels) throws IOException {
        NpyWriter.writeLabels(
                folder.resolve(name), Arrays.stream(labels).asLongStream().toArray());
    }

    private static NpyWriter floats() {
        return new NpyWriter(NpyWriter.Type.FLOAT32);
    }
}
