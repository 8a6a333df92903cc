package io.github.collapse4j.djl.train;

import static io.github.collapse4j.testkit.Close.assertAtLeast;
import static io.github.collapse4j.testkit.Close.assertAtMost;
import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.djl.data.BundledDigits;
import io.github.collapse4j.djl.network.Bodies;
import io.github.collapse4j.djl.network.Networks.HeadKind;
import io.github.collapse4j.djl.optim.LearningRate;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.image.ImageSplits;
import io.github.collapse4j.model.SimplexEtf;
import io.github.collapse4j.model.TrainingLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("heavy")
class TrainingRunTest {
    @TempDir
    private Path folder;

    private static ImageSplits digits() throws IOException {
        return BundledDigits.balanced(1);
    }

    private static Recipe collapsing(ImageSplits digits) {
        long samples = digits.train().count();
        return Recipe.defaults(samples)
                .withRegularization(new Regularization.Explicit(1e-2, 1e-2 / samples, 0, 0))
                .withSteps(new Recipe.Steps.Sgd(0.9), new LearningRate.Cosine(0.2))
                .withEpochs(60, 128);
    }

    @ParameterizedTest
    @CsvSource({"learned, 10", "etf, 9", "etf, 64"})
    void digitsCollapseWithinSeconds(HeadKind head, int d) throws IOException {
        ImageSplits digits = digits();
        Recipe recipe = collapsing(digits).withHead(d, head, false);
        Outcome outcome = new TrainingRun(recipe, digits, TrainingObserver.SILENT, Optional.empty()).run();
        Outcome.Trained trained = assertInstanceOf(Outcome.Trained.class, outcome);
        assertEquals(60, trained.epochs().size());
        assertClose(1, trained.state().accuracy(), 0, "accuracy");
        assertAtLeast(0.96, trained.testAccuracy(), "test accuracy");
        assertAtMost(0.05, trained.state().nc1(), "NC1");
        assertAtMost(0.1, trained.state().nc3(), "NC3");
        assertAtMost(0.06, trained.state().relativeGap(), "certified gap");
        assertAtLeast(0, trained.state().relativeGap(), "certified gap");
        if (head == HeadKind.etf) {
            double norm = trained.train().classifier().norm() / Math.sqrt(10);
            // unchanged, up to float32
            assertClose(
                    SimplexEtf.of(10, d, norm, recipe.seed()).data(),
                    trained.train().classifier().data(),
                    1e-6,
                    0,
                    "W");
            assertEquals(0, trained.costs().headTrained());
            assertEquals(10L * d, trained.costs().headParameters());
        }
        // 64·256 + 256 + 256² + 256 + 256d + d, and the head
        assertEquals(82_432L + 257L * d + 10L * d, trained.costs().parameters());
    }

    @ParameterizedTest
    @CsvSource({"mlp, true", "cnn, false"})
    void aResumedTrainingEqualsAnUninterruptedOne(Bodies body, boolean adam) throws IOException {
        ImageSplits digits = digits();
        Recipe recipe = collapsing(digits)
                .withBody(body)
                .withHead(10, HeadKind.learned, true)
                .withSteps(
                        adam ? new Recipe.Steps.Adam() : new Recipe.Steps.Sgd(0.9),
                        new LearningRate.Cosine(adam ? 1e-3 : 0.1))
                .withEpochs(5, 200);
        Outcome.Trained whole = assertInstanceOf(
                Outcome.Trained.class,
                new TrainingRun(recipe, digits, TrainingObserver.SILENT, Optional.empty()).run());

        Path checkpoint = folder.resolve("checkpoint");
        TrainingObserver killer = new TrainingObserver() {
            @Override
            public void onStep(long step, long steps, double loss) {
                if (step == 3 * (steps / 5) + 2) {
                    throw new IllegalStateException("killed in the fourth epoch");
                }
            }
        };
        assertThrows(
                IllegalStateException.class,
                () -> new TrainingRun(recipe, digits, killer, Optional.of(checkpoint)).run());
        Outcome.Trained resumed = assertInstanceOf(
                Outcome.Trained.class,
                new TrainingRun(recipe, digits, TrainingObserver.SILENT, Optional.of(checkpoint)).run());

        assertEquals(whole.epochs(), resumed.epochs());
        assertArrayEquals(
                whole.train().features().data(), resumed.train().features().data());
        assertArrayEquals(
                whole.train().classifier().data(), resumed.train().classifier().data());
        // already done, so nothing is left to do
        Outcome.Trained again = assertInstanceOf(
                Outcome.Trained.class,
                new TrainingRun(recipe, digits, TrainingObserver.SILENT, Optional.of(checkpoint)).run());
        assertEquals(whole.state(), again.state());
    }

    /** Only a rate that depends on the number of epochs makes it another training, which is said from then on. */
    @ParameterizedTest
    @CsvSource({"constant, ''", "steps, ''", "cosine, '2'", "late steps, '3'"})
    void aFinishedTrainingIsExtended(String schedule, String detours) throws IOException {
        ImageSplits digits = digits();
        LearningRate rate = switch (schedule) {
            case "constant" -> new LearningRate.Constant(0.1);
            case "cosine" -> new LearningRate.Cosine(0.1);
            default -> new LearningRate.Steps(0.1);
        };
        // of six epochs two have the first rate, of three only one
        int first = schedule.equals("late steps") ? 3 : 2;
        Recipe recipe = collapsing(digits).withSteps(new Recipe.Steps.Sgd(0.9), rate);
        Path checkpoint = folder.resolve("checkpoint");
        List<Integer> expected = detours.isEmpty() ? List.of() : List.of(Integer.valueOf(detours));
        if (schedule.equals("steps")) {
            // stopped in the first third, as its gap is not that large
            trained(recipe.withEpochs(3, 200), digits, checkpoint, OptionalDouble.of(0.999));
        } else {
            trained(recipe.withEpochs(first, 200), digits, checkpoint, OptionalDouble.empty());
        }
        List<Resumption> resumed = new ArrayList<>();
        TrainingObserver killer = new TrainingObserver() {
            @Override
            public void onResume(Resumption from) {
                resumed.add(from);
            }

            @Override
            public void onStep(long step, long steps, double loss) {
                if (step > steps * 4 / 6) {
                    throw new IllegalStateException("killed in the fifth epoch");
                }
            }
        };
        Recipe longer = recipe.withEpochs(6, 200);
        assertThrows(
                IllegalStateException.class,
                () -> new TrainingRun(longer, digits, killer, Optional.of(checkpoint)).run());
        assertEquals(expected, resumed.get(0).extendedAfter());

        Outcome.Trained extended = trained(longer, digits, checkpoint, OptionalDouble.empty());

        assertEquals(expected, extended.extendedAfter());
        assertEquals(6, extended.epochs().size());
        Outcome.Trained whole = trained(longer, digits, folder.resolve("whole"), OptionalDouble.empty());
        assertEquals(List.of(), whole.extendedAfter());
        assertEquals(expected.isEmpty(), whole.epochs().equals(extended.epochs()));
        assertEquals(
                expected.isEmpty(),
                Arrays.equals(
                        whole.train().features().data(),
                        extended.train().features().data()));
    }

    private static Outcome.Trained trained(Recipe recipe, ImageSplits images, Path checkpoint, OptionalDouble stopGap)
            throws IOException {
        return assertInstanceOf(
                Outcome.Trained.class,
                new TrainingRun(recipe, images, TrainingObserver.SILENT, Optional.of(checkpoint), stopGap).run());
    }

    @Test
    void refusesCheckpointsDamagedOrOfAnotherTraining() throws IOException {
        ImageSplits digits = digits();
        Recipe recipe = collapsing(digits).withEpochs(1, 500);
        Path checkpoint = folder.resolve("checkpoint");
        new TrainingRun(recipe, digits, TrainingObserver.SILENT, Optional.of(checkpoint)).run();
        byte[] whole = Files.readAllBytes(checkpoint);

        Recipe other = recipe.withSteps(new Recipe.Steps.Sgd(0.9), new LearningRate.Cosine(0.1));
        assertEquals(
                checkpoint + ": training: expected rate = 0.1, found rate = 0.2; choose another folder, or remove it",
                refusal(other, digits, checkpoint));
        for (int length : new int[] {0, 7, 30, 200, whole.length / 2, whole.length - 1}) {
            Files.write(checkpoint, Arrays.copyOf(whole, length));
            refusal(recipe, digits, checkpoint);
        }
        for (int at = 0; at < whole.length; at += 1 + whole.length / 50) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x10;
            Files.write(checkpoint, damaged);
            refusal(recipe, digits, checkpoint);
        }
    }

    private static String refusal(Recipe recipe, ImageSplits digits, Path checkpoint) {
        String message = String.valueOf(assertThrows(
                        InputException.class,
                        () -> new TrainingRun(recipe, digits, TrainingObserver.SILENT, Optional.of(checkpoint)).run())
                .getMessage());
        assertTrue(message.startsWith(checkpoint + ": ") && !message.contains("\n"), message);
        return message;
    }

    @Test
    void stopsIfTheLossDiverges() throws IOException {
        ImageSplits digits = digits();
        Recipe recipe = collapsing(digits)
                .withLoss(TrainingLoss.of(TrainingLoss.Kind.SQUARED))
                .withSteps(new Recipe.Steps.Sgd(0.9), new LearningRate.Constant(10));
        Outcome.Diverged diverged = assertInstanceOf(
                Outcome.Diverged.class,
                new TrainingRun(recipe, digits, TrainingObserver.SILENT, Optional.empty()).run());
        assertEquals(1, diverged.epoch());
        assertEquals(List.of(), diverged.epochs());
        assertEquals("try a learning rate of 1 (squared error tolerates less), or larger batches", diverged.advice());
        Recipe tooStrong = collapsing(digits).withRegularization(new Regularization.WeightDecay(100));
        Outcome.Diverged shrunk = assertInstanceOf(
                Outcome.Diverged.class,
                new TrainingRun(tooStrong, digits, TrainingObserver.SILENT, Optional.empty()).run());
        assertEquals(
                "a penalty of 100 diverges by itself at this learning rate: try one far below 19", shrunk.advice());
    }

    @ParameterizedTest
    @EnumSource(Bodies.class)
    void everyBodyTrainsWithWeightDecay(Bodies body) throws IOException {
        ImageSplits digits = digits();
        ImageSplits few = new ImageSplits(
                "few",
                digits.train().select(IntStream.range(0, 120).toArray()),
                digits.test().select(IntStream.range(0, 20).toArray()));
        Recipe recipe = collapsing(digits)
                .withBody(body)
                .withHead(12, HeadKind.etf, true)
                .withRegularization(new Regularization.WeightDecay(1e-4))
                .withSteps(new Recipe.Steps.Sgd(0.9), new LearningRate.Steps(0.02))
                .withEpochs(3, 40);
        Outcome.Trained trained = assertInstanceOf(
                Outcome.Trained.class, new TrainingRun(recipe, few, TrainingObserver.SILENT, Optional.empty()).run());
        assertEquals(12, trained.train().features().rows());
        assertEquals(120, trained.train().features().columns());
        assertAtMost(
                trained.epochs().get(0).trainingLoss(),
                trained.epochs().get(2).trainingLoss(),
                "loss of the last epoch");
    }
}
