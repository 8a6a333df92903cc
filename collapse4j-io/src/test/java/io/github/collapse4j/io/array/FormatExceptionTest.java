package io.github.collapse4j.io.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The one-line message shown to users. */
class NpyFormatExceptionTest {
    @Test
    void hasTheDocumentedForm() {
        FormatException e = new FormatException("a.npy", "shape", "(3,)", "(4,)", 60);
        assertEquals("a.npy: shape: expected (3,), found (4,) (at byte offset 60)", e.getMessage());
        assertEquals("a.npy", e.file());
        assertEquals("shape", e.field());
        assertEquals("(3,)", e.expected());
        assertEquals("(4,)", e.found());
        assertEquals(60, e.offset());
    }

    @Test
    void isOneLineWithoutControlCharacters() {
        String evil = "\u001b[2J\nexit\r\u2028\u202e\ud800";
        String message = String.valueOf(new FormatException(evil, evil, evil, evil, 0).getMessage());
        assertTrue(message.codePoints().allMatch(c -> c >= ' ' && c < 127), message);
        assertTrue(message.contains("\\u{1b}[2J\\u{a}exit\\u{d}\\u{2028}\\u{202e}\\u{d800}"), message);
    }

    @Test
    void shortensQuotedText() {
        String message =
                String.valueOf(new FormatException("a.npy", "magic", "x", "😀".repeat(100_000), 0).getMessage());
        assertTrue(message.length() < 1000, () -> message.length() + " characters");
        assertTrue(message.contains("😀…"), message);
    }
}
