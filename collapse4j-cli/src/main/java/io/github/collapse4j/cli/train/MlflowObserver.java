package io.github.collapse4j.cli.train;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.collapse4j.djl.MlflowLog;
import io.github.collapse4j.djl.train.EpochRecord;
import io.github.collapse4j.djl.train.Outcome;
import io.github.collapse4j.djl.train.Resumption;
import io.github.collapse4j.djl.train.TrainingObserver;
import io.github.collapse4j.io.file.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Logs a network to an MLflow server. The network's folder, if it has one, remembers the run, which a resumed training
 * continues; an extended one has another parameter, and so another run with all its epochs.
 */
final class MlflowObserver implements TrainingObserver {
    private static final String FILE = "mlflow.json";

    private final MlflowLog log;

    private MlflowObserver(MlflowLog log) {
        this.log = log;
    }

    /** Continues the run of a folder, or starts one. */
    static MlflowObserver open(String server, String name, Map<String, String> parameters, Optional<Path> folder)
            throws IOException {
        JsonObject training = new JsonObject();
        training.addProperty("server", server);
        parameters.forEach(training::addProperty);
        if (folder.isPresent()) {
            Optional<MlflowLog> begun = resume(folder.get().resolve(FILE), server, training);
            if (begun.isPresent()) {
                return new MlflowObserver(begun.get());
            }
        }
        String experiment = System.getenv().getOrDefault("MLFLOW_EXPERIMENT_NAME", "collapse4j");
        MlflowLog log = MlflowLog.start(server, experiment, name, parameters);
        if (folder.isPresent()) {
            training.addProperty("run", log.runId());
            AtomicFile.writeString(folder.get().resolve(FILE), training + "\n");
        }
        return new MlflowObserver(log);
    }

    private static Optional<MlflowLog> resume(Path file, String server, JsonObject training) throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            JsonObject stored = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            String run = stored.remove("run").getAsString();
            return stored.equals(training) ? MlflowLog.resume(server, run) : Optional.empty();
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            return Optional.empty(); // not ours: another run is no harm
        }
    }

    @Override
    public void onResume(Resumption from) {
        from.done().forEach(this::onEpoch);
    }

    @Override
    public void onEpoch(EpochRecord epoch) {
        log.add(epoch.state(), epoch.scalars());
    }

    /** Ends the run; returns in one line what kept epochs from being logged. */
    Optional<String> finish(Outcome outcome) {
        if (outcome instanceof Outcome.Diverged) {
            log.fail();
        }
        try {
            log.close();
            return Optional.empty();
        } catch (UncheckedIOException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            return Optional.of(String.valueOf(cause.getMessage()));
        }
    }
}
