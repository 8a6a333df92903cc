package io.github.collapse4j.report;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A headless Chromium, found by the environment variable CHROMIUM or on the path.
 *
 * @param program executable to run
 */
record Chromium(Path program) {
    private static final long TIMEOUT_SECONDS = 120;

    static Optional<Chromium> find() {
        String chosen = System.getenv("CHROMIUM");
        if (chosen != null) {
            return Optional.of(new Chromium(Path.of(chosen)));
        }
        List<Path> folders = Stream.of(
                        Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .map(Chromium::new)
                .findFirst();
    }

    /**
     * Serves a local web site, opens a page of it, and returns what the page POSTs to {@code /result}. The browser can
     * reach only this site.
     *
     * @param files HTML of the site, by name
     * @param address page to open, relative to the site
     * @param folder an empty folder for the profile; processes may still write to it for a moment afterwards
     * @throws IOException if there is no result in time, with the browser's output
     */
    JsonObject resultOf(Map<String, String> files, String address, Path folder)
            throws IOException, InterruptedException, ExecutionException {
        CompletableFuture<String> result = new CompletableFuture<>();
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> answer(exchange, files, result));
        site.start();
        Path said = folder.resolve("said");
        Process process = start("http://127.0.0.1:" + site.getAddress().getPort() + "/" + address, folder, said);
        try {
            return JsonParser.parseString(result.get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .getAsJsonObject();
        } catch (TimeoutException e) {
            throw new IOException(
                    "nothing from " + program + " within " + TIMEOUT_SECONDS + " s: " + Files.readString(said), e);
        } finally {
            List<ProcessHandle> helpers = process.descendants().toList();
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            helpers.forEach(ProcessHandle::destroyForcibly);
            site.stop(0);
        }
    }

    private Process start(String address, Path folder, Path said) throws IOException {
        return new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-proxy-server",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--window-size=1400,1000",
                        address)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    private static void answer(HttpExchange exchange, Map<String, String> files, CompletableFuture<String> result)
            throws IOException {
        try (exchange) {
            String name = exchange.getRequestURI().getPath().substring(1);
            String file = files.get(name);
            byte[] body = file == null ? new byte[0] : file.getBytes(StandardCharsets.UTF_8);
            if (name.equals("result")) {
                result.complete(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            }
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(file == null ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
