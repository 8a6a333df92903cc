package io.github.collapse4j.djl.train;

/** Told how a training goes, on its own thread. */
public interface TrainingObserver {
    /** Nobody. */
    TrainingObserver SILENT = new TrainingObserver() {};

    /** A step was made: so many of all, counted over all epochs. */
    default void onStep(long step, long steps, double loss) {}

    /** An epoch has ended and was measured. */
    default void onEpoch(EpochRecord epoch) {}
}
