package io.github.collapse4j.io.mlflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.collapse4j.io.InputException;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run on an MLflow tracking server: parameters once, metrics by step. Not thread-safe. */
public final class MlflowRun {
    /** Metrics that the server takes in one request. */
    private static final int MAX_METRICS = 1000;

    private final TrackingServer server;
    private final String id;
    private final long lastStep;
    private final Clock clock;

    /**
     * A metric.
     *
     * @param name of letters, digits, spaces and {@code _-./}
     * @param value finite
     * @param step such as the number of the epoch
     * @param millis when it was measured, since 1970
     */
    public record Metric(String name, double value, long step, long millis) {}

    private MlflowRun(TrackingServer server, String id, long lastStep, Clock clock) {
        this.server = server;
        this.id = id;
        this.lastStep = lastStep;
        this.clock = clock;
    }

    /**
     * Creates a run.
     *
     * @param address such as {@code http://localhost:5000}
     * @param experiment name, created unless it exists
     * @param environment with the server's credentials, under the names that MLflow's own clients use
     */
    public static MlflowRun create(
            String address,
            Map<String, String> environment,
            String experiment,
            String name,
            Map<String, String> parameters,
            Clock clock)
            throws IOException {
        TrackingServer server = new TrackingServer(address, environment);
        JsonObject run = new JsonObject();
        run.addProperty("experiment_id", experiment(server, experiment));
        run.addProperty("run_name", name);
        run.addProperty("start_time", clock.millis());
        JsonObject info = object(object(server.post("runs/create", run), "run", "runs/create"), "info", "runs/create");
        MlflowRun created = new MlflowRun(server, text(info, "run_id", "runs/create"), 0, clock);
        JsonObject batch = created.batch();
        JsonArray params = new JsonArray();
        parameters.forEach((key, value) -> {
            JsonObject param = new JsonObject();
            param.addProperty("key", key);
            param.addProperty("value", value);
            params.add(param);
        });
        batch.add("params", params);
        server.post("runs/log-batch", batch);
        return created;
    }

    /** Continues a run; empty if the server does not have it. */
    public static Optional<MlflowRun> resume(String address, Map<String, String> environment, String id, Clock clock)
            throws IOException {
        TrackingServer server = new TrackingServer(address, environment);
        Optional<JsonObject> found = server.get("runs/get", "run_id", id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        long last = 0;
        JsonObject data = object(object(found.get(), "run", "runs/get"), "data", "runs/get");
        JsonElement metrics = data.get("metrics");
        if (metrics instanceof JsonArray list) {
            for (JsonElement metric : list) {
                JsonElement step = metric.getAsJsonObject().get("step");
                last = Math.max(last, step == null ? 0 : step.getAsLong());
            }
        }
        MlflowRun run = new MlflowRun(server, id, last, clock);
        run.update("RUNNING");
        return Optional.of(run);
    }

    private static String experiment(TrackingServer server, String name) throws IOException {
        Optional<JsonObject> found = server.get("experiments/get-by-name", "experiment_name", name);
        if (found.isPresent()) {
            return text(
                    object(found.get(), "experiment", "experiments/get-by-name"),
                    "experiment_id",
                    "experiments/get-by-name");
        }
        JsonObject created = new JsonObject();
        created.addProperty("name", name);
        return text(server.post("experiments/create", created), "experiment_id", "experiments/create");
    }

    /** The identifier that the server gave it. */
    public String id() {
        return id;
    }

    /** The largest step that the server had when this object was created, 0 without one. */
    public long lastStep() {
        return lastStep;
    }

    /** Sends metrics; some of them may have arrived if it fails, and may be sent again. */
    public void log(List<Metric> metrics) throws IOException {
        for (int from = 0; from < metrics.size(); from += MAX_METRICS) {
            JsonArray list = new JsonArray();
            for (Metric metric : metrics.subList(from, Math.min(from + MAX_METRICS, metrics.size()))) {
                JsonObject json = new JsonObject();
                json.addProperty("key", metric.name());
                json.addProperty("value", metric.value());
                json.addProperty("step", metric.step());
                json.addProperty("timestamp", metric.millis());
                list.add(json);
            }
            JsonObject batch = batch();
            batch.add("metrics", list);
            server.post("runs/log-batch", batch);
        }
    }

    /** Ends the run, as finished or failed. */
    public void end(boolean success) throws IOException {
        update(success ? "FINISHED" : "FAILED");
    }

    private void update(String status) throws IOException {
        JsonObject update = batch();
        update.addProperty("status", status);
        if (!status.equals("RUNNING")) {
            update.addProperty("end_time", clock.millis());
        }
        server.post("runs/update", update);
    }

    private JsonObject batch() {
        JsonObject batch = new JsonObject();
        batch.addProperty("run_id", id);
        return batch;
    }

    private static JsonObject object(JsonObject answer, String name, String call) throws InputException {
        if (answer.get(name) instanceof JsonObject found) {
            return found;
        }
        throw new InputException("MLflow: " + call + ": expected " + name + " in the answer, found " + answer.keySet());
    }

    private static String text(JsonObject answer, String name, String call) throws InputException {
        JsonElement found = answer.get(name);
        if (found != null && found.isJsonPrimitive()) {
            return found.getAsString();
        }
        throw new InputException("MLflow: " + call + ": expected " + name + " in the answer, found " + answer.keySet());
    }
}
