package io.github.collapse4j.cli.train;

import io.github.collapse4j.djl.TensorBoardLog;
import io.github.collapse4j.djl.train.EpochRecord;
import io.github.collapse4j.djl.train.Resumption;
import io.github.collapse4j.djl.train.TrainingObserver;
import java.nio.file.Path;

/** Writes every epoch of a training to event files for TensorBoard. */
final class EventFileObserver implements TrainingObserver {
    private final TensorBoardLog log;

    EventFileObserver(Path folder) {
        log = new TensorBoardLog(folder);
    }

    @Override
    public void onResume(Resumption from) {
        log.resume(from.done().stream().map(EpochRecord::state).toList());
    }

    @Override
    public void onEpoch(EpochRecord epoch) {
        log.add(epoch.state(), epoch.scalars());
    }
}
