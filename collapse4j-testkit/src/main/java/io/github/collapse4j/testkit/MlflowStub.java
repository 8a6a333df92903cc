package io.github.collapse4j.testkit;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The part of MLflow's REST API that a training uses, on loopback, with the server's rules: parameters cannot change, a
 * batch has at most 1,000 metrics, names have no other characters, unknown runs are an error.
 */
public final class MlflowStub implements AutoCloseable {
    private static final String NAME = "[\\w ./-]+";

    private final HttpServer server;
    private final List<String> experiments = new ArrayList<>();
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private int patience;
    private int failures;
    private String authorization = "";

    /** A run as the server has it; metrics by name and step. */
    public static final class Run {
        private final String name;
        private final String experiment;
        private final Map<String, String> params = new TreeMap<>();
        private final Map<String, Map<Long, Double>> metrics = new TreeMap<>();
        private final List<String> statuses = new ArrayList<>(List.of("RUNNING"));
        private int points;

        private Run(String name, String experiment) {
            this.name = name;
            this.experiment = experiment;
        }

        public String name() {
            return name;
        }

        /** The name of its experiment. */
        public String experiment() {
            return experiment;
        }

        public Map<String, String> params() {
            return params;
        }

        /** Values by step. */
        public Map<String, Map<Long, Double>> metrics() {
            return metrics;
        }

        /** The values of a metric that was logged, by step. */
        public Map<Long, Double> metric(String name) {
            return Objects.requireNonNull(metrics.get(name), name);
        }

        /** How many values were sent, repeated ones included. */
        public int points() {
            return points;
        }

        /** Every status, in order. */
        public List<String> statuses() {
            return statuses;
        }
    }

    public MlflowStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/2.0/mlflow/", this::answer);
        server.start();
    }

    /** The address for clients. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The runs by identifier, in the order of their creation. */
    public synchronized Map<String, Run> runs() {
        return runs;
    }

    /** The run of this number, which must have been created. */
    public synchronized Run created(String id) {
        return Objects.requireNonNull(runs.get(id), id);
    }

    /** The authorization of the last request, empty without one. */
    public synchronized String authorization() {
        return authorization;
    }

    /** Answers the next requests with an internal error. */
    public void failNext(int requests) {
        failAfter(0, requests);
    }

    /** Answers some requests, and the next ones with an internal error. */
    public synchronized void failAfter(int answered, int requests) {
        patience = answered;
        failures = requests;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String call = exchange.getRequestURI().getPath().substring("/api/2.0/mlflow/".length());
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        JsonObject json = new JsonObject();
        int status = 200;
        try {
            if (patience > 0) {
                patience--;
            } else if (failures > 0) {
                failures--;
                throw new Refusal(500, "INTERNAL_ERROR");
            }
            json = exchange.getRequestMethod().equals("GET")
                    ? get(call, URLDecoder.decode(query.substring(query.indexOf('=') + 1), StandardCharsets.UTF_8))
                    : post(call, JsonParser.parseString(body).getAsJsonObject());
        } catch (Refusal refusal) {
            status = refusal.status;
            json.addProperty("error_code", refusal.code);
        }
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private JsonObject get(String call, String value) throws Refusal {
        JsonObject json = new JsonObject();
        if (call.equals("experiments/get-by-name")) {
            require(experiments.contains(value), 404, "RESOURCE_DOES_NOT_EXIST");
            JsonObject experiment = new JsonObject();
            experiment.addProperty("experiment_id", String.valueOf(experiments.indexOf(value)));
            json.add("experiment", experiment);
            return json;
        }
        require(call.equals("runs/get"), 404, "ENDPOINT_NOT_FOUND");
        JsonArray metrics = new JsonArray();
        run(value)
                .metrics
                .forEach((name, points) -> points.forEach((step, point) -> {
                    JsonObject metric = new JsonObject();
                    metric.addProperty("key", name);
                    metric.addProperty("value", point);
                    metric.addProperty(
                            "step", String.valueOf(step)); // 64-bit integers of protocol buffers are strings in JSON
                    metrics.add(metric);
                }));
        JsonObject data = new JsonObject();
        data.add("metrics", metrics);
        json.add("run", info(value));
        json.getAsJsonObject("run").add("data", data);
        return json;
    }

    private JsonObject post(String call, JsonObject body) throws Refusal {
        JsonObject json = new JsonObject();
        switch (call) {
            case "experiments/create" -> {
                String name = body.get("name").getAsString();
                require(!experiments.contains(name), 400, "RESOURCE_ALREADY_EXISTS");
                experiments.add(name);
                json.addProperty("experiment_id", String.valueOf(experiments.size() - 1));
            }
            case "runs/create" -> {
                int experiment = Integer.parseInt(body.get("experiment_id").getAsString());
                require(body.get("start_time").getAsLong() > 0, 400, "INVALID_PARAMETER_VALUE");
                String id = "run" + runs.size();
                runs.put(id, new Run(body.get("run_name").getAsString(), experiments.get(experiment)));
                json.add("run", info(id));
            }
            case "runs/log-batch" -> log(run(body.get("run_id").getAsString()), body);
            case "runs/update" ->
                run(body.get("run_id").getAsString())
                        .statuses
                        .add(body.get("status").getAsString());
            default -> throw new Refusal(404, "ENDPOINT_NOT_FOUND");
        }
        return json;
    }

    private static void log(Run run, JsonObject batch) throws Refusal {
        JsonArray metrics = batch.has("metrics") ? batch.getAsJsonArray("metrics") : new JsonArray();
        JsonArray params = batch.has("params") ? batch.getAsJsonArray("params") : new JsonArray();
        require(metrics.size() <= 1000 && params.size() <= 100, 400, "INVALID_PARAMETER_VALUE");
        for (JsonElement element : params) {
            String key = element.getAsJsonObject().get("key").getAsString();
            String value = element.getAsJsonObject().get("value").getAsString();
            String old = run.params.put(key, value);
            require(key.matches(NAME) && (old == null || old.equals(value)), 400, "INVALID_PARAMETER_VALUE");
        }
        for (JsonElement element : metrics) {
            JsonObject metric = element.getAsJsonObject();
            String key = metric.get("key").getAsString();
            require(key.matches(NAME) && metric.get("timestamp").getAsLong() > 0, 400, "INVALID_PARAMETER_VALUE");
            run.points++;
            run.metrics
                    .computeIfAbsent(key, name -> new TreeMap<>())
                    .put(metric.get("step").getAsLong(), metric.get("value").getAsDouble());
        }
    }

    private Run run(String id) throws Refusal {
        Run run = runs.get(id);
        if (run == null) {
            throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST");
        }
        return run;
    }

    private static JsonObject info(String id) {
        JsonObject info = new JsonObject();
        info.addProperty("run_id", id);
        JsonObject run = new JsonObject();
        run.add("info", info);
        return run;
    }

    private static void require(boolean condition, int status, String code) throws Refusal {
        if (!condition) {
            throw new Refusal(status, code);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** An error of the server. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String code;

        private Refusal(int status, String code) {
            this.status = status;
            this.code = code;
        }
    }
}
