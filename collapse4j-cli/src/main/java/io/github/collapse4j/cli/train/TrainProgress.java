package io.github.collapse4j.cli.train;

import io.github.collapse4j.cli.text.ProgressLine;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.cli.text.TerminalBar;
import io.github.collapse4j.djl.train.EpochRecord;
import io.github.collapse4j.djl.train.Resumption;
import io.github.collapse4j.djl.train.TrainingObserver;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A progress bar over several trainings on standard error, with the figures of the last epoch; only on a terminal.
 * Prints a line for each training that resumes from a checkpoint.
 */
final class TrainProgress implements TrainingObserver, AutoCloseable {
    private static final int RESOLUTION = 100;

    private final int networks;
    private final int epochs;
    private final TerminalBar bar = new TerminalBar(0);
    private int network = -1;
    private String title = "";
    private String figures = "";

    TrainProgress(int networks, int epochs) {
        this.networks = networks;
        this.epochs = epochs;
    }

    /** Starts the next network. */
    void begin(String of) {
        network++;
        title = of;
        figures = "";
        show(0);
    }

    @Override
    public void onResume(Resumption from) {
        ProgressLine.printAbove(title + " resumes after epoch " + from.done().size());
        if (!from.extendedAfter().isEmpty()) {
            ProgressLine.printAbove(extension(title, from.extendedAfter()));
        }
    }

    /** Warns that an extended training differs from one of that length from the start. */
    static String extension(String title, List<Integer> after) {
        return title + ": extended after epoch "
                + after.stream().map(String::valueOf).collect(Collectors.joining(" and "))
                + ", from where its learning rate follows the schedule of more epochs: it does not end as a training of"
                + " as many epochs from the start would";
    }

    @Override
    public void onStep(long step, long steps, double loss) {
        show((double) step / steps);
    }

    @Override
    public void onEpoch(EpochRecord epoch) {
        figures = Table.format(
                ": test %.1f %%, NC1 %.1e, gap %.1e",
                100 * epoch.testAccuracy(), epoch.state().nc1(), epoch.state().relativeGap());
    }

    private void show(double share) {
        bar.show(
                settings -> settings.setTaskName("training")
                        .setInitialMax((long) networks * epochs * RESOLUTION)
                        .setUnit(" epochs", RESOLUTION),
                shown -> {
                    String message = " " + title + figures;
                    shown.setExtraMessage(TerminalBar.hasRoomFor(message.length()) ? message : " " + title);
                    shown.stepTo(Math.round((network + share) * epochs * RESOLUTION));
                });
    }

    @Override
    public void close() {
        bar.close();
    }
}
