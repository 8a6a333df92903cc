package io.github.collapse4j.cli.train;

import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.cli.text.TerminalBar;
import io.github.collapse4j.djl.train.EpochRecord;
import io.github.collapse4j.djl.train.TrainingObserver;
import java.util.List;

/**
 * A progress bar over several trainings on standard error, with the figures of the last epoch; only on a terminal.
 * Otherwise prints a line for each training that resumes from a checkpoint.
 */
final class TrainProgress implements TrainingObserver, AutoCloseable {
    private static final int RESOLUTION = 1000;

    private final int networks;
    private final TerminalBar bar = new TerminalBar(0);
    private int network = -1;
    private String title = "";
    private String figures = "";

    TrainProgress(int networks) {
        this.networks = networks;
    }

    /** Starts the next network. */
    void begin(String of) {
        network++;
        title = of;
        figures = "";
        show(0);
    }

    @Override
    public void onResume(List<EpochRecord> done) {
        figures = " resumes after epoch " + done.size();
        if (!TerminalBar.isOnTerminal()) {
            System.err.println(title + figures);
        }
    }

    @Override
    public void onStep(long step, long steps, double loss) {
        show((double) step / steps);
    }

    @Override
    public void onEpoch(EpochRecord epoch) {
        figures = Table.format(
                " epoch %d: test %.1f %%, NC1 %.1e, gap %.1e",
                epoch.state().epoch(),
                100 * epoch.testAccuracy(),
                epoch.state().nc1(),
                epoch.state().relativeGap());
    }

    private void show(double share) {
        bar.show(
                settings -> settings.setTaskName("training")
                        .setInitialMax((long) networks * RESOLUTION)
                        .setUnit(" networks", RESOLUTION),
                shown -> {
                    shown.setExtraMessage(" " + title + figures);
                    shown.stepTo(Math.round((network + share) * RESOLUTION));
                });
    }

    @Override
    public void close() {
        bar.close();
    }
}
