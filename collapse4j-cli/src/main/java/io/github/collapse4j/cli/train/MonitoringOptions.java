package io.github.collapse4j.cli.train;

import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.cli.text.OptionGroup;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How {@code train} watches a training: where else it logs, and when it ends early. Plain values, as RecipeOptions. */
@OptionGroup("Monitoring")
final class MonitoringOptions {
    @Option(
            names = "--stop-gap",
            paramLabel = "g",
            converter = Ranges.Share.class,
            description = "End a network's training after the first epoch whose certified gap is at most g, for example"
                    + " 0.01 (default: after all epochs).")
    private @Nullable Double stopGap;

    @Option(
            names = "--tensorboard",
            paramLabel = "DIR",
            description = "Write every epoch as event files for TensorBoard, in a folder of DIR for each network.")
    private @Nullable Path tensorboard;

    @Option(
            names = "--mlflow",
            paramLabel = "URI",
            description = "Log every epoch to an MLflow tracking server, such as http://localhost:5000: a run for each"
                    + " network in the experiment MLFLOW_EXPERIMENT_NAME (default: collapse4j).")
    private @Nullable String mlflow;

    OptionalDouble stopGap() {
        return stopGap == null ? OptionalDouble.empty() : OptionalDouble.of(stopGap);
    }

    /** The address of an MLflow server, if it is wanted. */
    Optional<String> mlflow() {
        return Optional.ofNullable(mlflow);
    }

    /** The folder of a network's event files, if they are wanted. */
    Optional<Path> eventFolder(String network) {
        return Optional.ofNullable(tensorboard).map(folder -> folder.resolve(network));
    }
}
