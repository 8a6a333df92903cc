package io.github.collapse4j.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.testkit.MlflowStub;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MlflowLogTest {
    private final MlflowStub server;

    MlflowLogTest() throws IOException {
        server = new MlflowStub();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static CollapseState epoch(int number) {
        return new CollapseState(number, 0.5, 0.75, 1.5, 0.25, 0.125, 1, 0.0625, 1.25, Double.NaN);
    }

    private MlflowLog start() throws IOException {
        return MlflowLog.start(server.address(), "digits", "d = 10", Map.of("d", "10"));
    }

    @Test
    void everyFigureIsAMetricUnlessItIsNotFinite() throws IOException {
        try (MlflowLog log = start()) {
            log.accept(epoch(1));
        }
        MlflowStub.Run run = server.created("run0");
        assertEquals(Map.of("d", "10"), run.params());
        assertEquals(Map.of(1L, 1.5), run.metrics().get("collapse/nc1"));
        assertEquals(8, run.metrics().size());
        assertEquals(List.of("RUNNING", "FINISHED"), run.statuses());
    }

    @Test
    void whatAFailingServerMissedIsSentLater() throws IOException {
        try (MlflowLog log = start()) {
            server.failNext(2);
            log.accept(epoch(1));
            log.accept(epoch(2));
            log.accept(epoch(3));
        }
        assertEquals(
                Map.of(1L, 1.5, 2L, 1.5, 3L, 1.5),
                server.created("run0").metrics().get("collapse/nc1"));
    }

    @Test
    void aServerThatNeverComesBackIsAFailureAtTheEnd() throws IOException {
        MlflowLog log = start();
        server.failNext(100);
        log.accept(epoch(1));
        assertThrows(UncheckedIOException.class, log::close);
    }

    @Test
    void aContinuedRunHasEachEpochOnce() throws IOException {
        MlflowLog first = start();
        first.accept(epoch(1));
        try (MlflowLog log = MlflowLog.resume(server.address(), first.runId()).orElseThrow()) {
            log.accept(epoch(1));
            log.accept(epoch(2));
            log.fail();
        }
        assertEquals(16, server.created("run0").points());
        assertEquals(
                List.of("RUNNING", "RUNNING", "FAILED"), server.created("run0").statuses());
    }
}
