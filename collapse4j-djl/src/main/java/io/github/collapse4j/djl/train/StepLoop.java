package io.github.collapse4j.djl.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.Batch;
import io.github.collapse4j.djl.data.ImageBatches;
import io.github.collapse4j.djl.optim.PenalizedOptimizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The steps of a training, epoch by epoch. */
final class StepLoop {
    /** Growth over the first loss at which a training is considered diverged. */
    private static final double GROWTH = 1e4;

    private final Trainer trainer;
    private final PenalizedOptimizer optimizer;
    private final Recipe recipe;
    private final ImageBatches batches;
    private final TrainingObserver observer;
    private final List<Long> nanos = new ArrayList<>();
    private double firstLoss = Double.NaN;
    private boolean diverged;

    StepLoop(
            Trainer trainer,
            PenalizedOptimizer optimizer,
            Recipe recipe,
            ImageBatches batches,
            TrainingObserver observer) {
        this.trainer = trainer;
        this.optimizer = optimizer;
        this.recipe = recipe;
        this.batches = batches;
        this.observer = observer;
    }

    /**
     * Runs the steps of an epoch, counted from 0, and stops early if the loss diverges.
     *
     * @return the mean loss over the epoch's samples, or the diverged loss
     */
    double epoch(int epoch) {
        long steps = (long) recipe.epochs() * batches.batches();
        long step = (long) epoch * batches.batches();
        double sum = 0;
        for (Batch batch : batches.getData(trainer.getManager())) {
            try (batch) {
                long begin = System.nanoTime();
                optimizer.setLearningRate(recipe.rate().at(step, steps));
                optimizer.beginStep(step);
                double loss = step(batch);
                nanos.add(System.nanoTime() - begin);
                firstLoss = Double.isNaN(firstLoss) ? loss : firstLoss;
                if (!(loss <= GROWTH * Math.max(1, firstLoss))) {
                    diverged = true;
                    return loss;
                }
                sum += loss * batch.getSize();
                step++;
                observer.onStep(step, steps, loss);
            }
        }
        return sum / batches.size();
    }

    private double step(Batch batch) {
        NDArray loss;
        try (GradientCollector collector = trainer.newGradientCollector()) {
            NDList predictions = trainer.forward(batch.getData(), batch.getLabels());
            loss = trainer.getLoss().evaluate(batch.getLabels(), predictions);
            collector.backward(loss);
        }
        trainer.step();
        return loss.getFloat();
    }

    boolean hasDiverged() {
        return diverged;
    }

    /** The median time of a step, NaN if there was none. */
    double medianMillis() {
        if (nanos.isEmpty()) {
            return Double.NaN;
        }
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2) / 1e6;
    }
}
