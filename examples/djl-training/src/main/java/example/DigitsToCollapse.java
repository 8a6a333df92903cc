package example;

import ai.djl.Model;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.listener.EarlyStoppingListener.EarlyStoppedException;
import ai.djl.training.loss.Loss;
import io.github.collapse4j.djl.CollapseMeter;
import io.github.collapse4j.djl.CollapseState;
import io.github.collapse4j.djl.FeatureTap;
import io.github.collapse4j.djl.NeuralCollapseListener;
import io.github.collapse4j.djl.SimplexEtfHead;
import io.github.collapse4j.djl.TensorBoardLog;
import io.github.collapse4j.djl.data.BundledDigits;
import io.github.collapse4j.djl.data.ImageBatches;
import io.github.collapse4j.djl.data.PixelScale;
import io.github.collapse4j.io.image.ImageSplits;
import io.github.collapse4j.model.CrossEntropy;
import java.nio.file.Path;

/** Trains a small network with a head fixed to a simplex ETF, and watches it collapse. */
public final class DigitsToCollapse {
    private DigitsToCollapse() {}

    public static void main(String[] arguments) throws Exception {
        ImageSplits digits = BundledDigits.balanced(1);
        PixelScale scale = PixelScale.of(digits.train());
        NeuralCollapseListener listener = new NeuralCollapseListener(
                        ImageBatches.inOrder(digits.train(), scale, 500), CollapseMeter.Options.of(new CrossEntropy()))
                .reportTo(new TensorBoardLog(Path.of("target", "tensorboard")))
                .reportTo(DigitsToCollapse::print)
                .stopAtGap(0.05);
        SequentialBlock body = new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(128).build())
                .add(Activation.reluBlock())
                .add(Linear.builder().setUnits(10).build());
        try (Model model = Model.newInstance("digits")) {
            model.setBlock(new FeatureTap(body, SimplexEtfHead.of(10).withNorm(2)));
            DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss());
            listener.listenTo(config);
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(1, 1, 8, 8));
                EasyTrain.fit(trainer, 10, ImageBatches.shuffled(digits.train(), scale, 64, 0), null);
            } catch (EarlyStoppedException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static void print(CollapseState state) {
        System.out.printf("epoch %d: accuracy %.3f, NC1 %.3f%n", state.epoch(), state.accuracy(), state.nc1());
    }
}
