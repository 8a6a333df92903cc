package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.ProbedLayer;

/** Observes a training; called on the training thread. */
public interface TrainingObserver {
    /** Does nothing. */
    TrainingObserver SILENT = new TrainingObserver() {};

    /** Called when resuming from a checkpoint. */
    default void onResume(Resumption from) {}

    /** Called after a step; steps are counted over all epochs. */
    default void onStep(long step, long steps, double loss) {}

    /** Called after an epoch, from 1, with the last layer on the probed images. */
    default void onLayer(int epoch, ProbedLayer layer) {}

    /** Called after an epoch has been measured and saved to the checkpoint, if there is one. */
    default void onEpoch(EpochRecord epoch) {}

    /** Notifies two observers in order. */
    static TrainingObserver both(TrainingObserver first, TrainingObserver second) {
        return new TrainingObserver() {
            @Override
            public void onResume(Resumption from) {
                first.onResume(from);
                second.onResume(from);
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
