package io.github.collapse4j.io.mlflow;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.collapse4j.io.InputException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * An MLflow tracking server, through its REST API 2.0 (mlflow.org/docs/latest/rest-api.html). Only the calls that a
 * training needs, with Java's own client: MLflow's brings copies of half a dozen libraries and has no module name.
 *
 * <p>Thread-safe. Every failure is an {@link IOException} with one line that names address and call.
 */
final class TrackingServer {
    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration ANSWERING = Duration.ofSeconds(30);

    private final String address;
    private final Optional<String> authorization;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECTING)
            .build();

    /**
     * @param address such as {@code http://localhost:5000}
     * @param environment where MLflow's own clients look for {@code MLFLOW_TRACKING_TOKEN}, or
     *     {@code MLFLOW_TRACKING_USERNAME} and {@code MLFLOW_TRACKING_PASSWORD}
     * @throws InputException if it is not the address of a server
     */
    TrackingServer(String address, Map<String, String> environment) throws InputException {
        this.address = address.replaceAll("/+$", "");
        try {
            URI uri = URI.create(address);
            if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                throw new IllegalArgumentException();
            }
        } catch (IllegalArgumentException e) {
            throw new InputException("MLflow: expected the address of a tracking server, such as http://localhost:5000,"
                    + " found " + address);
        }
        String token = environment.get("MLFLOW_TRACKING_TOKEN");
        String user = environment.get("MLFLOW_TRACKING_USERNAME");
        String password = environment.getOrDefault("MLFLOW_TRACKING_PASSWORD", "");
        this.authorization = token != null
                ? Optional.of("Bearer " + token)
                : Optional.ofNullable(user)
                        .map(name -> "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Asks for something.
     *
     * @param call such as {@code runs/get}
     * @return its answer; empty if there is no such thing
     */
    Optional<JsonObject> get(String call, String parameter, String value) throws IOException {
        HttpRequest.Builder request = request(
                        call + "?" + parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8))
                .GET();
        HttpResponse<String> response = send(call, request);
        return response.statusCode() == 404 ? Optional.empty() : Optional.of(answer(call, response));
    }

    /** Changes something, and returns the answer. */
    JsonObject post(String call, JsonObject body) throws IOException {
        HttpRequest.Builder request = request(call)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        return answer(call, send(call, request));
    }

    private HttpRequest.Builder request(String call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + "/api/2.0/mlflow/" + call))
                .timeout(ANSWERING);
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private HttpResponse<String> send(String call, HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(name(call) + ": interrupted");
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new InputException(name(call) + ": no answer: " + reason);
        }
    }

    private JsonObject answer(String call, HttpResponse<String> response) throws InputException {
        String text = response.body();
        if (response.statusCode() != 200) {
            throw new InputException(name(call) + ": expected status 200, found " + response.statusCode()
                    + (text.isBlank() ? "" : ": " + text.substring(0, Math.min(text.length(), 300))));
        }
        try {
            return JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new InputException(
                    name(call) + ": expected a JSON object, found " + text.substring(0, Math.min(text.length(), 80)));
        }
    }

    private String name(String call) {
        return "MLflow at " + address + ": " + call;
    }

    @Override
    public String toString() {
        return address;
    }
}
