package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.ProbedLayer;

/** Told how a training goes, on its own thread. */
public interface TrainingObserver {
    /** Nobody. */
    TrainingObserver SILENT = new TrainingObserver() {};

    /** A step was made: so many of all, counted over all epochs. */
    default void onStep(long step, long steps, double loss) {}

    /** The last layer after an epoch, from 1, with the images that are probed. */
    default void onLayer(int epoch, ProbedLayer layer) {}

    /** An epoch has ended and was measured. */
    default void onEpoch(EpochRecord epoch) {}

    /** One after the other. */
    static TrainingObserver both(TrainingObserver first, TrainingObserver second) {
        return new TrainingObserver() {
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
