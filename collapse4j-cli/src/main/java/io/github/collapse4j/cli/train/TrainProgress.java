package io.github.collapse4j.cli.train;

import io.github.collapse4j.cli.text.Progress;
import io.github.collapse4j.cli.text.ProgressLine;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.djl.train.EpochRecord;
import io.github.collapse4j.djl.train.TrainingObserver;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar over several trainings on standard error, with the figures of the last epoch; only on a terminal. Elsewhere
 * a line for each training that goes on from a checkpoint.
 */
final class TrainProgress implements TrainingObserver, AutoCloseable {
    private static final int RESOLUTION = 1000;

    private final int networks;
    private int network = -1;
    private String title = "";
    private String figures = "";
    private @Nullable ProgressBar bar;

    TrainProgress(int networks) {
        this.networks = networks;
    }

    /** The next network. */
    void begin(String of) {
        network++;
        title = of;
        figures = "";
        show(0);
    }

    @Override
    public void onResume(List<EpochRecord> done) {
        figures = " goes on after epoch " + done.size();
        if (!Progress.isOnTerminal()) {
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
        if (!Progress.isOnTerminal()) {
            return;
        }
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName("training")
                    .setInitialMax((long) networks * RESOLUTION)
                    .setUnit(" networks", RESOLUTION)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setConsumer(new ProgressLine())
                    .build();
        }
        bar.setExtraMessage(" " + title + figures);
        bar.stepTo(Math.round((network + share) * RESOLUTION));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
