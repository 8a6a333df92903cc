package io.github.collapse4j.spark.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonParser;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SparkFailureTest {
    private static RuntimeException thrown(Runnable action) {
        return assertThrows(RuntimeException.class, action::run);
    }

    @Test
    void theInnermostMessageIsTheLine() {
        RuntimeException cause = thrown(() -> assertNotNull(JsonParser.parseString("{")));
        String innermost =
                Objects.requireNonNull(Objects.requireNonNull(cause.getCause()).getMessage());
        Exception failed = new IllegalStateException("Job aborted\n\tat org.apache.spark.Task", cause);
        String message = SparkFailure.line("table", (RuntimeException) failed).getMessage();
        assertEquals("table: " + innermost.lines().findFirst().orElseThrow(), message);
    }

    @Test
    void aCauseWithoutAMessageIsSkipped() {
        RuntimeException cause = new NullPointerException();
        cause.setStackTrace(new StackTraceElement[] {new StackTraceElement("org.apache.spark.X", "y", "X.java", 1)});
        RuntimeException failed = new IllegalStateException("Encountered error while reading file f\nmore", cause);
        assertEquals(
                "table: Encountered error while reading file f",
                SparkFailure.line("table", failed).getMessage());
    }

    @Test
    void aBugOfThisProgramIsRethrown() {
        RuntimeException failed = new IllegalStateException("Job aborted", thrown(() -> Integer.parseInt("x")));
        assertSame(failed, assertThrows(IllegalStateException.class, () -> SparkFailure.line("table", failed)));
    }
}
