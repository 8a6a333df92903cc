package io.github.collapse4j.djl;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.listener.EarlyStoppingListener.EarlyStoppedException;
import ai.djl.training.optimizer.Optimizer;
import io.github.collapse4j.djl.data.ImageBatches;
import io.github.collapse4j.djl.data.PixelScale;
import io.github.collapse4j.djl.network.Bodies;
import io.github.collapse4j.djl.network.Networks;
import io.github.collapse4j.io.image.LabelledImages;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.testkit.Seeded;
import io.github.collapse4j.testkit.TensorBoardReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NeuralCollapseListenerTest {
    @TempDir
    private Path folder;

    /** Random images of 4×4 in three classes. */
    private static LabelledImages noise(int count) {
        Seeded seeded = Seeded.of(9);
        byte[] pixels = new byte[count * 16];
        int[] labels = new int[count];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) seeded.between(0, 255);
        }
        for (int i = 0; i < count; i++) {
            labels[i] = i % 3;
        }
        return new LabelledImages(1, 4, 4, pixels, labels);
    }

    private interface Use {
        void with(Trainer trainer, NeuralCollapseListener listener) throws Exception;
    }

    private static void withTrainer(int images, int probeBatch, Use use) throws Exception {
        LabelledImages noise = noise(images);
        NeuralCollapseListener listener = new NeuralCollapseListener(
                ImageBatches.inOrder(noise, PixelScale.of(noise), probeBatch),
                CollapseMeter.Options.of(new CrossEntropy(), 1e-2, 1e-4, 0, images));
        try (Model model = Model.newInstance("test", Device.cpu(), "PyTorch")) {
            model.setBlock(
                    Networks.build(Bodies.mlp, 5, 4, new Networks.Head(Networks.HeadKind.learned, true, 1), 3, 1));
            DefaultTrainingConfig config = new DefaultTrainingConfig(UfmLoss.of(new CrossEntropy()))
                    .optDevices(new Device[] {Device.cpu()})
                    .addTrainingListeners(listener);
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(1, 1, 4, 4));
                use.with(trainer, listener);
            }
        }
    }

    /** 40 epochs of 75 batches each. */
    @Test
    void retainsNoEngineMemoryOverThousandsOfBatches() throws Exception {
        withTrainer(300, 4, (trainer, listener) -> {
            trainer.notifyListeners(one -> one.onEpoch(trainer));
            int before = trainer.getModel().getNDManager().getManagedArrays().size();
            int beforeInTrainer = trainer.getManager().getManagedArrays().size();
            for (int epoch = 0; epoch < 40; epoch++) {
                trainer.notifyListeners(one -> one.onEpoch(trainer));
            }
            assertEquals(
                    before, trainer.getModel().getNDManager().getManagedArrays().size());
            assertEquals(
                    beforeInTrainer, trainer.getManager().getManagedArrays().size());
            assertEquals(41, listener.history().size());
        });
    }

    @Test
    void countsEveryImageOnceForAnyBatchSize() throws Exception {
        List<CollapseState> states = new ArrayList<>();
        for (int batch : new int[] {1, 7, 64, 1000}) {
            withTrainer(100, batch, (trainer, listener) -> {
                listener.reportTo(states::add).showLayersTo((epoch, layer) -> assertEquals(100, layer.labels().length));
                listener.onEpoch(trainer);
            });
        }
        for (CollapseState state : states) {
            states.get(0)
                    .figures()
                    // the engine's float32 sums depend on the batch size; noise is far from an optimum
                    .forEach((name, value) ->
                            assertClose(value, state.figures().getOrDefault(name, Double.NaN), 1e-4, 1e-6, name));
        }
        assertEquals(4, states.size());
    }

    @Test
    void logFilesAreComplete() throws IOException {
        for (String name : List.of("log.csv", "log.jsonl")) {
            CollapseLog log = new CollapseLog(folder.resolve(name));
            log.accept(new CollapseState(1, 0.5, 0.9, 1, 2, 3, 0.8, 1e-4, 1.5, Double.NaN));
            log.accept(new CollapseState(2, 0.25, 1, 0.1, 0.2, 0.3, 1, 1e-4, 1.5, 0.125));
        }
        assertEquals("""
                epoch,loss,accuracy,nc1,nc2,nc3,nc4,mu,sigmaOverMu,relativeGap
                1,0.5,0.9,1.0,2.0,3.0,0.8,1.0E-4,1.5,
                2,0.25,1.0,0.1,0.2,0.3,1.0,1.0E-4,1.5,0.125
                """, Files.readString(folder.resolve("log.csv")));
        List<String> lines = Files.readAllLines(folder.resolve("log.jsonl"));
        assertEquals(2, lines.size());
        assertTrue(lines.get(0).endsWith("\"sigmaOverMu\":1.5,\"relativeGap\":null}"), lines.get(0));
    }

    @Test
    void endsTheTrainingAtAGap() throws Exception {
        withTrainer(30, 30, (trainer, listener) -> {
            listener.onEpoch(trainer);
            double gap = listener.history().get(0).relativeGap();
            listener.stopAtGap(gap / 2).onEpoch(trainer);
            listener.stopAtGap(gap * (1 + 1e-9));
            EarlyStoppedException stopped = assertThrows(EarlyStoppedException.class, () -> listener.onEpoch(trainer));
            assertEquals(3, stopped.getStopEpoch());
            assertEquals(3, listener.history().size(), "the last epoch was measured");
            for (double none : new double[] {0, 1, Double.NaN}) {
                assertThrows(IllegalArgumentException.class, () -> listener.stopAtGap(none));
            }
        });
    }

    @Test
    void writesEventFilesForTensorBoard() throws IOException {
        CollapseState first = new CollapseState(1, 0.5, 0.9, 1, 2, 3, 0.8, 1e-4, 1.5, Double.NaN);
        CollapseState second = new CollapseState(2, 0.25, 1, 0.1, 0.2, 0.3, 1, 1e-4, 1.5, 0.125);
        new TensorBoardLog(folder).accept(first);
        TensorBoardLog continued = new TensorBoardLog(folder);
        continued.resume(List.of(first));
        continued.add(second, Map.of("test/accuracy", 0.75));
        try (Stream<Path> files = Files.list(folder)) {
            List<TensorBoardReader.Event> events = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                events.addAll(TensorBoardReader.read(file));
            }
            assertEquals(
                    List.of(0L, 1L, 1L, 0L, 2L, 2L),
                    events.stream().map(TensorBoardReader.Event::step).toList());
            assertEquals(
                    first.figures().size() - 1,
                    events.get(2).scalars().size(),
                    "a gap that is not a number is left out");
            assertEquals(0.1f, events.get(5).scalars().get("collapse/nc1"));
            assertEquals(0.125f, events.get(5).scalars().get("collapse/relativeGap"));
            assertEquals(0.75f, events.get(5).scalars().get("test/accuracy"));
        }
        Path other = folder.resolve("other");
        new TensorBoardLog(other).resume(List.of(first, second));
        try (Stream<Path> files = Files.list(other)) {
            assertEquals(
                    4, TensorBoardReader.read(files.findFirst().orElseThrow()).size());
        }
    }

    @Test
    void warnsOfDecoupledDecay() throws Exception {
        assertTrue(DecoupledDecay.warningOf(Optimizer.adamW().build()).isPresent());
        assertTrue(DecoupledDecay.warningOf(Optimizer.adam().build()).isEmpty());
        withTrainer(6, 6, (trainer, listener) -> {
            DefaultTrainingConfig config = new DefaultTrainingConfig(UfmLoss.of(new CrossEntropy()))
                    .optOptimizer(Optimizer.adamW().build());
            listener.listenTo(config);
            assertEquals(List.of(listener), config.getTrainingListeners());
        });
    }

    @Test
    void requiresATap() throws Exception {
        LabelledImages noise = noise(6);
        NeuralCollapseListener listener = new NeuralCollapseListener(
                ImageBatches.inOrder(noise, PixelScale.of(noise), 6), CollapseMeter.Options.of(new CrossEntropy()));
        try (Model model = Model.newInstance("test", Device.cpu(), "PyTorch")) {
            model.setBlock(new SequentialBlock()
                    .add(Blocks.batchFlattenBlock())
                    .add(Linear.builder().setUnits(3).build()));
            DefaultTrainingConfig config =
                    new DefaultTrainingConfig(UfmLoss.of(new CrossEntropy())).optDevices(new Device[] {Device.cpu()});
            try (Trainer trainer = model.newTrainer(config)) {
                assertThrows(IllegalArgumentException.class, () -> listener.onEpoch(trainer));
            }
        }
    }
}
