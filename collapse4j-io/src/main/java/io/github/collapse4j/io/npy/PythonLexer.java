package io.github.collapse4j.io.npy;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/**
 * Reads the tokens of a Python literal that occur in a header: punctuation, strings, words and whole numbers. It works
 * on bytes, so that offsets in messages are offsets in the file; everything outside strings is ASCII.
 */
final class PythonLexer {
    private static final int END = -1;

    private final byte[] bytes;
    private final Charset charset;
    private final int base;
    private final Origin origin;
    private int position;

    /**
     * Starts at the first byte.
     *
     * @param base offset of the first byte in the file
     */
    PythonLexer(byte[] bytes, Charset charset, int base, Origin origin) {
        this.bytes = bytes;
        this.charset = charset;
        this.base = base;
        this.origin = origin;
    }

    /** {@return the offset in the file of the next token, after skipping white space} */
    int offset() {
        skipSpace();
        return base + position;
    }

    /** Takes {@code symbol} if it comes next. */
    boolean takes(char symbol) {
        skipSpace();
        if (peek() != symbol) {
            return false;
        }
        position++;
        return true;
    }

    /** Takes {@code symbol}, which must come next. */
    void take(char symbol, String field) throws FormatException {
        if (!takes(symbol)) {
            throw unexpected(field, "'" + symbol + "'");
        }
    }

    /** Checks that nothing but white space is left. */
    void takeEnd(String field) throws FormatException {
        skipSpace();
        if (peek() != END) {
            throw unexpected(field, "nothing but spaces after the dictionary");
        }
    }

    /** Takes a string in single or double quotes, without escapes. */
    String takeString(String field) throws FormatException {
        skipSpace();
        int quote = peek();
        if (quote != '\'' && quote != '"') {
            throw unexpected(field, "a string");
        }
        int start = ++position;
        while (peek() != quote) {
            if (peek() == END || peek() < ' ' || peek() == '\\') {
                throw unexpected(field, "a plain string closed by " + (char) quote);
            }
            position++;
        }
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, start, position++ - start))
                    .toString();
        } catch (CharacterCodingException e) {
            throw origin.defect(field, charset + " text", "bytes that are not", base + start);
        }
    }

    /** Takes {@code True} or {@code False}. */
    boolean takeBoolean(String field) throws FormatException {
        if (takesWord("True")) {
            return true;
        }
        if (takesWord("False")) {
            return false;
        }
        throw unexpected(field, "True or False");
    }

    /** Takes a whole number from 0 to 2⁶³−1, with or without Python 2's {@code L} suffix. */
    long takeLength(String field) throws FormatException {
        skipSpace();
        int start = position;
        long value = 0;
        while (isDigit(peek())) {
            int digit = peek() - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                throw origin.defect(field, "at most 2^63-1", "a larger number", base + start);
            }
            value = value * 10 + digit;
            position++;
        }
        boolean leadingZero = position - start > 1 && bytes[start] == '0';
        if (position == start || leadingZero) {
            position = start;
            throw unexpected(field, "a whole number, not negative");
        }
        if (peek() == 'L') {
            position++;
        }
        return value;
    }

    /** {@return an exception saying that something other than {@code expected} comes next} */
    FormatException unexpected(String field, String expected) {
        int end = Math.min(position + 16, bytes.length);
        String next = new String(bytes, position, end - position, charset);
        String found = position == bytes.length ? "the end of the header" : "'" + next + "'";
        return origin.defect(field, expected, found, base + position);
    }

    private boolean takesWord(String word) {
        skipSpace();
        int end = position + word.length();
        if (end > bytes.length || !new String(bytes, position, word.length(), charset).equals(word)) {
            return false;
        }
        if (end < bytes.length && (isDigit(bytes[end]) || Character.isLetter(bytes[end]) || bytes[end] == '_')) {
            return false;
        }
        position = end;
        return true;
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\n' || peek() == '\t' || peek() == '\r' || peek() == '\f') {
            position++;
        }
    }

    private int peek() {
        return position < bytes.length ? bytes[position] & 0xFF : END;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
