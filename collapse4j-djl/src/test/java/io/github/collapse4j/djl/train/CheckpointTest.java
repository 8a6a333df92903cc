package io.github.collapse4j.djl.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.djl.CollapseState;
import io.github.collapse4j.djl.network.Bodies;
import io.github.collapse4j.djl.network.LastFeatures;
import io.github.collapse4j.djl.network.Networks.HeadKind;
import io.github.collapse4j.djl.optim.LearningRate;
import io.github.collapse4j.djl.optim.PenalizedOptimizer.SavedArray;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.image.ImageSplits;
import io.github.collapse4j.io.image.LabelledImages;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.testkit.GoldenBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint from an independent writer, see {@code golden/generate_checkpoint.py}. */
class CheckpointTest {
    @TempDir
    private Path folder;

    private static byte[] golden() {
        return GoldenBytes.load(CheckpointTest.class, "/golden/training.checkpoint");
    }

    private static Recipe recipe() {
        return new Recipe(
                Bodies.mlp,
                3,
                new LastFeatures.Free(),
                HeadKind.learned,
                true,
                TrainingLoss.of(TrainingLoss.Kind.SQUARED),
                new Regularization.Explicit(5e-3, 2.5e-4, 0, 0.125),
                new Recipe.Steps.Sgd(0.9),
                new LearningRate.Cosine(0.05),
                2,
                16,
                7);
    }

    private static TrainingIdentity identity(Recipe recipe) {
        LabelledImages images =
                new LabelledImages(1, 2, 2, new byte[] {-6, -5, -4, -3, -2, -1, 0, 0}, new int[] {0, 1});
        return TrainingIdentity.of(recipe, new ImageSplits("two images", images, images));
    }

    private Path stored(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("training.checkpoint"), bytes);
    }

    @Test
    void checkpointFormatIsUnchanged() throws IOException {
        Path file = stored(golden());

        Checkpoint read = Checkpoint.read(file, identity(recipe()));

        assertEquals(
                List.of(
                        new EpochRecord(
                                new CollapseState(1, 0.5, 0.75, 1.5, 0.25, 0.125, 1, 0.0625, 1.25, Double.NaN),
                                0.625,
                                0.5),
                        new EpochRecord(
                                new CollapseState(2, 0.25, 1, 0.5, 0.125, 0.0625, 1, 0.0625, 1, 0.03125), 0.375, 0.75)),
                read.epochs());
        assertEquals(
                List.of("01Linear_weight", "ω"),
                read.parameters().stream().map(SavedArray::name).toList());
        assertArrayEquals(new float[] {1, -2, 0.5f}, read.parameters().get(0).entries());
        assertArrayEquals(
                new float[] {0.25f, 0, -0.125f}, read.optimizer().get(0).entries());
        Path copy = folder.resolve("copy");
        read.write(copy);
        assertArrayEquals(golden(), Files.readAllBytes(copy));
    }

    @Test
    void anotherTrainingIsRefusedByTheFieldsThatDiffer() throws IOException {
        assertEquals(
                "training: expected optimizer = adam, rate = 0.001, found optimizer = sgd, momentum = 0.9, rate = 0.05;"
                        + " choose another folder, or remove it",
                refusal(golden(), recipe().withSteps(new Recipe.Steps.Adam(), new LearningRate.Cosine(1e-3))));
        assertEquals(
                "training: expected penalties = weight decay, lambda = 0.005, found penalties = model, lambdaW = 0.005,"
                        + " lambdaH = 0.00025, lambdaB = 0, lambda of the body = 0.125; choose another folder, or"
                        + " remove it",
                refusal(golden(), recipe().withRegularization(new Regularization.WeightDecay(5e-3))));
    }

    @Test
    void onlyTheNumberOfEpochsMayGrow() throws IOException {
        Path file = stored(golden());
        Recipe longer = recipe().withEpochs(3, 16);
        assertEquals(2, Checkpoint.read(file, identity(longer)).training().epochs());
        assertEquals(
                "training: expected rate = 0.1, found rate = 0.05; choose another folder, or remove it",
                refusal(golden(), longer.withSteps(new Recipe.Steps.Sgd(0.9), new LearningRate.Cosine(0.1))));
        assertEquals(
                "training: expected epochs = 1, found epochs = 2; choose another folder, or remove it",
                refusal(golden(), recipe().withEpochs(1, 16)));
    }

    /** An extended training is its own continuation, and says for ever where it was extended. */
    @Test
    void extensionsAreStored() throws IOException {
        Path file = stored(golden());
        TrainingIdentity plain = identity(recipe().withEpochs(3, 16));
        Checkpoint read = Checkpoint.read(file, plain);
        new Checkpoint(plain.extendedAfter(List.of(1, 2)), read.epochs(), read.parameters(), read.optimizer())
                .write(file);
        assertEquals(List.of(1, 2), Checkpoint.read(file, plain).training().extendedAfter());
        assertEquals(List.of(), read.training().extendedAfter());
    }

    @Test
    void theStatedLossIsPartOfTheTraining() throws IOException {
        TrainingLoss stated = recipe().loss().withSmoothing(0.1).withClassWeights(1, 0.25);
        assertEquals(
                "training: expected label smoothing = 0.1, class weights = 1 0.25, found nothing more; choose another"
                        + " folder, or remove it",
                refusal(golden(), recipe().withLoss(stated)));
        assertEquals(
                "training: expected loss = binary cross-entropy, positive weights = 2 3, found loss = squared error;"
                        + " choose another folder, or remove it",
                refusal(
                        golden(),
                        recipe().withLoss(TrainingLoss.of(TrainingLoss.Kind.SIGMOID)
                                .withPositiveWeights(2, 3))));
    }

    @Test
    void otherVersionsAreRefused() throws IOException {
        byte[] second = golden();
        second[7] = 2;
        assertEquals(
                "version: expected 3, found 2; finish this training with the collapse4j that began it, or remove the"
                        + " file",
                refusal(second, recipe()));
    }

    private String refusal(byte[] bytes, Recipe recipe) throws IOException {
        Path file = stored(bytes);
        String message =
                String.valueOf(assertThrows(InputException.class, () -> Checkpoint.read(file, identity(recipe)))
                        .getMessage());
        return message.substring((file + ": ").length());
    }
}
