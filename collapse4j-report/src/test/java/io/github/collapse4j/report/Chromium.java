package io.github.collapse4j.report;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium and the local web site that it can reach. Every page gets its own tab, one at a time: the pages
 * behind another one are not drawn.
 */
final class Chromium implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 300;
    private static final Pattern PORT = Pattern.compile("DevTools listening on ws://127\\.0\\.0\\.1:(\\d+)/");

    private final Path folder = Files.createTempDirectory("chromium");
    private final Path log = folder.resolve("log");
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer site;
    private final Process process;
    private final String devTools;
    private int visits;
    private volatile Visit current = new Visit("/", Map.of(), new CompletableFuture<>());

    /** The pages in the folder {@code base} of the site, and what one of them sends. */
    private record Visit(String base, Map<String, String> pages, CompletableFuture<String> result) {}

    /** Finds the program by the environment variable CHROMIUM or on the path. */
    static Optional<Path> find() {
        String chosen = System.getenv("CHROMIUM");
        if (chosen != null) {
            return Optional.of(Path.of(chosen));
        }
        List<Path> folders = Stream.of(
                        Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @throws IOException if the program does not start in time, with its output */
    Chromium(Path program) throws IOException {
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", this::answer);
        site.start();
        process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-extensions",
                        "--disable-sync",
                        "--no-proxy-server",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--window-size=1400,1000")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // for tests that are stopped
        devTools = "http://127.0.0.1:" + port() + "/json/";
    }

    private String port() throws IOException {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS); System.nanoTime() < end; ) {
            Matcher port = PORT.matcher(Files.readString(log));
            if (port.find()) {
                return port.group(1);
            }
            if (!process.isAlive()) {
                break;
            }
            try {
                process.waitFor(20, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                close();
                throw new IOException("interrupted", e);
            }
        }
        throw failure("not listening");
    }

    private IOException failure(String what) throws IOException {
        return new IOException(what + ": " + process.info().command() + ": " + Files.readString(log));
    }

    /**
     * Opens a page in a new tab, and returns what it POSTs to {@code result}.
     *
     * @param pages HTML of the folder of this visit, by name
     * @param address page to open, relative to that folder
     * @throws IOException if there is no result in time, with the browser's output
     */
    synchronized JsonObject visit(Map<String, String> pages, String address)
            throws IOException, InterruptedException, ExecutionException {
        Visit visit = new Visit("/" + ++visits + "/", pages, new CompletableFuture<>());
        current = visit;
        String url = "http://127.0.0.1:" + site.getAddress().getPort() + visit.base() + address;
        String tab = JsonParser.parseString(ask("PUT", "new?" + URLEncoder.encode(url, StandardCharsets.UTF_8)))
                .getAsJsonObject()
                .get("id")
                .getAsString();
        try {
            Object first =
                    CompletableFuture.anyOf(visit.result(), process.onExit()).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (first instanceof String json) {
                return JsonParser.parseString(json).getAsJsonObject();
            }
            throw failure("ended");
        } catch (TimeoutException e) {
            throw failure("nothing from " + address + " within " + TIMEOUT_SECONDS + " s");
        } finally {
            if (process.isAlive()) {
                ask("GET", "close/" + tab);
            }
        }
    }

    private String ask(String method, String what) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(devTools + what))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Visit visit = current;
            String path = exchange.getRequestURI().getPath();
            String name =
                    path.startsWith(visit.base()) ? path.substring(visit.base().length()) : "";
            String file = visit.pages().get(name);
            byte[] body = file == null ? new byte[0] : file.getBytes(StandardCharsets.UTF_8);
            if (name.equals("result")) {
                visit.result().complete(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            }
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(file == null ? 404 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> helpers = process.descendants().toList();
        process.destroyForcibly();
        helpers.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
        helpers.forEach(helper -> helper.onExit().join());
        site.stop(0);
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
