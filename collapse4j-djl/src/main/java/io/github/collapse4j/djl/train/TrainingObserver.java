package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.ProbedLayer;
import java.util.List;

/** Told how a training goes, on its own thread. */
public interface TrainingObserver {
    /** Nobody. */
    TrainingObserver SILENT = new TrainingObserver() {};

    /** A checkpoint was found: these epochs are done already, and the training goes on behind them. */
    default void onResume(List<EpochRecord> done) {}

    /** A step was made: so many of all, counted over all epochs. */
    default void onStep(long step, long steps, double loss) {}

    /** The last layer after an epoch, from 1, with the images that are probed. */
    default void onLayer(int epoch, ProbedLayer layer) {}

    /** An epoch has ended and was measured, and is in the checkpoint if there is one: it will not be lost any more. */
    default void onEpoch(EpochRecord epoch) {}

    /** One after the other. */
    static TrainingObserver both(TrainingObserver first, TrainingObserver second) {
        return new TrainingObserver() {
            @Override
            public void onResume(List<EpochRecord> done) {
                first.onResume(done);
                second.onResume(done);
            }

            @Override
            public void onStep(long step, long steps, double loss) {
                first.onStep(step, steps, loss);
                second.onStep(step, steps, loss);
            }

            @Override
            public void onLayer(int epoch, ProbedLayer layer) {
                first.onLayer(epoch, layer);
                second.onLayer(epoch, layer);
            }

            @Override
            public void onEpoch(EpochRecord epoch) {
                first.onEpoch(epoch);
                second.onEpoch(epoch);
            }
        };
    }
}
