package io.github.collapse4j.io.mlflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.testkit.MlflowStub;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server on loopback with MLflow's rules. */
class MlflowRunTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC);

    private final MlflowStub server;

    MlflowRunTest() throws IOException {
        server = new MlflowStub();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private MlflowRun run(String experiment) throws IOException {
        return MlflowRun.create(
                server.address() + "/", Map.of(), experiment, "learned, d = 10", Map.of("loss", "μ"), CLOCK);
    }

    private static MlflowRun.Metric metric(long step, double value) {
        return new MlflowRun.Metric("collapse/nc1", value, step, CLOCK.millis());
    }

    @Test
    void parametersAreSentOnceAndMetricsByStep() throws IOException {
        MlflowRun run = run("digits & co");
        run.log(List.of(metric(1, 0.1), metric(2, 1e-300)));
        run.end(true);

        MlflowStub.Run stored = server.created(run.id());
        assertEquals("learned, d = 10", stored.name());
        assertEquals("digits & co", stored.experiment());
        assertEquals(Map.of("loss", "μ"), stored.params());
        assertEquals(Map.of("collapse/nc1", Map.of(1L, 0.1, 2L, 1e-300)), stored.metrics());
        assertEquals(List.of("RUNNING", "FINISHED"), stored.statuses());
        assertEquals("null", server.authorization());
    }

    @Test
    void anExperimentIsCreatedOnce() throws IOException {
        assertEquals("run0", run("a").id());
        assertEquals("run1", run("a").id());
        assertEquals("run2", run("b").id());
        assertEquals("a", server.created("run1").experiment());
    }

    @Test
    void anyNumberOfMetricsIsSentInBatches() throws IOException {
        List<MlflowRun.Metric> many = new ArrayList<>();
        for (int step = 1; step <= 2001; step++) {
            many.add(metric(step, step));
        }
        MlflowRun run = run("a");
        run.log(many);
        assertEquals(2001, server.created(run.id()).points());
    }

    @Test
    void aRunIsContinuedAfterItsLastStep() throws IOException {
        MlflowRun begun = run("a");
        begun.log(List.of(metric(6, 1), metric(7, 1)));
        begun.end(false);
        MlflowRun run =
                MlflowRun.resume(server.address(), Map.of(), begun.id(), CLOCK).orElseThrow();
        assertEquals(7, run.lastStep());
        assertEquals(
                List.of("RUNNING", "FAILED", "RUNNING"),
                server.created(run.id()).statuses());
        assertEquals(Optional.empty(), MlflowRun.resume(server.address(), Map.of(), "other", CLOCK));
    }

    @Test
    void credentialsAreThoseOfOtherClients() throws IOException {
        Map<String, String> user = Map.of("MLFLOW_TRACKING_USERNAME", "me", "MLFLOW_TRACKING_PASSWORD", "secret");
        MlflowRun.resume(server.address(), user, "none", CLOCK);
        assertEquals("Basic bWU6c2VjcmV0", server.authorization());
        MlflowRun.resume(server.address(), Map.of("MLFLOW_TRACKING_TOKEN", "t"), "none", CLOCK);
        assertEquals("Bearer t", server.authorization());
    }

    @Test
    void failuresAreOneLine() throws IOException {
        MlflowRun run = run("a");
        server.failNext(1);
        assertEquals(
                "MLflow at " + server.address()
                        + ": runs/log-batch: expected status 200, found 500: {\"error_code\":\"INTERNAL_ERROR\"}",
                refusal(() -> run.log(List.of(metric(1, 1)))));
        server.close();
        String silent = refusal(() -> run.log(List.of(metric(1, 1))));
        assertTrue(silent.startsWith("MLflow at " + server.address() + ": runs/log-batch: no answer: "), silent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"databricks", "runs/", "file:/tmp/mlruns", "http:// ", "ftp://host/"})
    void refusesWhatIsNoServer(String address) {
        assertEquals(
                "MLflow: expected the address of a tracking server, such as http://localhost:5000, found " + address,
                refusal(() -> MlflowRun.resume(address, Map.of(), "a", CLOCK)));
    }

    private interface Call {
        void run() throws IOException;
    }

    private static String refusal(Call call) {
        return String.valueOf(assertThrows(InputException.class, call::run).getMessage());
    }
}
