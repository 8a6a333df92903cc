package io.github.collapse4j.djl;

import io.github.collapse4j.io.mlflow.MlflowRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs every epoch to a run of an MLflow tracking server, as the metrics {@code collapse/nc1} and so on, with the epoch
 * as step. Figures that are not finite are left out. Credentials are read from the environment, under the names that
 * MLflow's own clients use ({@code MLFLOW_TRACKING_TOKEN}, or {@code MLFLOW_TRACKING_USERNAME} and
 * {@code MLFLOW_TRACKING_PASSWORD}).
 *
 * <p>A server that fails for a while does not end a training: there is one warning, and the epochs are sent with the
 * next one that arrives, or when this is closed.
 */
public final class MlflowLog implements Consumer<CollapseState>, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(MlflowLog.class);

    private final MlflowRun run;
    private final List<MlflowRun.Metric> waiting = new ArrayList<>();
    private boolean warned;
    private boolean failed;

    private MlflowLog(MlflowRun run) {
        this.run = run;
    }

    /**
     * Starts a run.
     *
     * @param server such as {@code http://localhost:5000}
     * @param experiment name of the experiment, created unless it exists
     * @param name name of the run
     * @param parameters what was trained, logged once
     * @throws IOException if the server does not answer, or refuses
     */
    public static MlflowLog start(String server, String experiment, String name, Map<String, String> parameters)
            throws IOException {
        return new MlflowLog(MlflowRun.create(
                server, System.getenv(), experiment, name, new LinkedHashMap<>(parameters), Clock.systemUTC()));
    }

    /**
     * Continues a run; epochs that it has are not logged again.
     *
     * @param id see {@link #runId}
     * @return empty if the server does not have the run
     * @throws IOException if the server does not answer, or refuses
     */
    public static Optional<MlflowLog> resume(String server, String id) throws IOException {
        return MlflowRun.resume(server, System.getenv(), id, Clock.systemUTC()).map(MlflowLog::new);
    }

    /** The identifier of the run on its server. */
    public String runId() {
        return run.id();
    }

    @Override
    public void accept(CollapseState state) {
        add(state, Map.of());
    }

    /**
     * As {@link #accept}, with more metrics of the same epoch.
     *
     * @param more values by name
     */
    public void add(CollapseState state, Map<String, Double> more) {
        if (state.epoch() <= run.lastStep()) {
            return;
        }
        long now = System.currentTimeMillis();
        Map<String, Double> metrics = new LinkedHashMap<>();
        state.figures().forEach((name, value) -> metrics.put(NeuralCollapseListener.PREFIX + name, value));
        metrics.putAll(more);
        metrics.forEach((name, value) -> {
            if (Double.isFinite(value)) {
                waiting.add(new MlflowRun.Metric(name, value, state.epoch(), now));
            }
        });
        try {
            send();
            warned = false;
        } catch (IOException e) {
            if (!warned) {
                LOGGER.warn("{}; the training goes on, and epochs are sent again later", e.getMessage());
            }
            warned = true;
        }
    }

    private void send() throws IOException {
        run.log(waiting);
        waiting.clear();
    }

    /** Marks the run as failed, in place of finished, when it is closed. */
    public void fail() {
        failed = true;
    }

    /**
     * Sends what has not arrived, and ends the run.
     *
     * @throws UncheckedIOException if the server does not answer, or refuses
     */
    @Override
    public void close() {
        try {
            send();
            run.end(!failed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
