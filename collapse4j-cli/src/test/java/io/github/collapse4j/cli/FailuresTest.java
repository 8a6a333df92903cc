package io.github.collapse4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.linalg.OutOfRangeException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Failures of the input and bugs are told apart. */
class FailuresTest {
    static Stream<Throwable> mistakesOfOurs() {
        return Stream.of(
                new IllegalArgumentException("x.npy: looks like input"),
                new IllegalStateException(),
                new ArithmeticException("/ by zero"),
                new ClassCastException(),
                new NegativeArraySizeException(),
                new StackOverflowError(),
                new AssertionError());
    }

    @ParameterizedTest
    @MethodSource("mistakesOfOurs")
    void bugsAreReportedAsBugs(Throwable mistake) {
        StringWriter err = new StringWriter();
        assertEquals(70, Failures.report(mistake, "collapse4j solve", new PrintWriter(err, true)));
        assertTrue(err.toString().contains("\tat " + FailuresTest.class.getName()), err::toString);
        assertTrue(err.toString().contains("collapse4j solve: this is a bug in collapse4j "), err::toString);
    }

    @Test
    void failuresOutsideTheProgramTakeOneLine() {
        assertLine("p: x.npy: bad", new InputException("x.npy: bad"));
        assertLine("p: x.npy: bad", new UncheckedIOException(new InputException("x.npy: bad")));
        assertLine("p: too large", new OutOfRangeException("too large"));
        assertLine("p: y: permission denied", new AccessDeniedException("y"));
        assertLine("p: No space left on device", new IOException("No space left on device"));
    }

    @Test
    void lowMemoryIsReportedInOneLine() {
        StringWriter err = new StringWriter();
        Throwable thrown = new IllegalStateException(new OutOfMemoryError());
        assertEquals(1, Failures.report(thrown, "p", new PrintWriter(err, true)));
        assertTrue(err.toString().startsWith("p: out of memory at the limit of "), err::toString);
        assertEquals(1, err.toString().lines().count());
    }

    private static void assertLine(String line, Throwable thrown) {
        StringWriter err = new StringWriter();
        assertEquals(1, Failures.report(thrown, "p", new PrintWriter(err, true)));
        assertEquals(line, err.toString().strip());
    }
}
