package io.github.collapse4j.djl.example;

import ai.djl.Model;
import ai.djl.metric.Metrics;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Dataset;
import ai.djl.training.loss.Loss;
import io.github.collapse4j.djl.CollapseMeter;
import io.github.collapse4j.djl.FeatureTap;
import io.github.collapse4j.djl.NeuralCollapseListener;
import io.github.collapse4j.djl.SimplexEtfHead;
import io.github.collapse4j.model.CrossEntropy;

/** A plain DJL program with a listener for neural collapse and a head fixed to a simplex ETF. */
final class DigitsWithSimplexHead {
    static Metrics train(Dataset training, Dataset probe, int epochs) throws Exception {
        SequentialBlock body = new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(128).build())
                .add(Activation.reluBlock())
                .add(Linear.builder().setUnits(10).build());
        NeuralCollapseListener listener =
                new NeuralCollapseListener(probe, CollapseMeter.Options.of(new CrossEntropy()));
        try (Model model = Model.newInstance("digits")) {
            model.setBlock(new FeatureTap(body, SimplexEtfHead.of(10).withNorm(2)));
            DefaultTrainingConfig config =
                    new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).addTrainingListeners(listener);
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.setMetrics(new Metrics());
                trainer.initialize(new Shape(1, 1, 8, 8));
                EasyTrain.fit(trainer, epochs, training, null);
                return trainer.getMetrics();
            }
        }
    }

    private DigitsWithSimplexHead() {}
}
