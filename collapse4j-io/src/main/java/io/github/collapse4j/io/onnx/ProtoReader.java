package io.github.collapse4j.io.onnx;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads the fields of a protobuf message in a file, skipping large ones without reading them. */
final class ProtoReader {
    private static final int WINDOW = 1 << 13;
    private static final int MAX_STRING = 1 << 16;

    /** Fields of all messages; the largest models have about a million. */
    private static final int MAX_FIELDS = 1 << 22;

    private final Source source;
    private final long end;
    private long position;
    private int wireType;

    private ProtoReader(Source source, long start, long end) {
        this.source = source;
        this.position = start;
        this.end = end;
    }

    /** Starts at the first field of the message that fills the file. */
    static ProtoReader of(InputFile file) {
        return new ProtoReader(new Source(file), 0, file.size());
    }

    /** A part of the file. */
    record Range(long start, long length) {}

    /** Reads the number of the next field, which must then be read or skipped; 0 at the end. */
    int next() throws IOException {
        if (position == end) {
            return 0;
        }
        source.count(position);
        long tag = varint();
        wireType = (int) (tag & 7);
        long field = tag >>> 3;
        if (field < 1 || field > 1 << 29) {
            throw defect("a field of a protobuf message", "number " + field);
        }
        return (int) field;
    }

    /** Skips a field. */
    void skip() throws IOException {
        switch (wireType) {
            case 0 -> varint();
            case 1 -> advance(Long.BYTES);
            case 2 -> advance(varint());
            case 5 -> advance(Integer.BYTES);
            default -> throw defect("a protobuf field", "wire type " + wireType);
        }
    }

    long integer() throws IOException {
        require(0, "an integer");
        return varint();
    }

    float number() throws IOException {
        require(5, "a float");
        long start = position;
        advance(Float.BYTES);
        return source.bytes(start, Float.BYTES).getFloat();
    }

    String string() throws IOException {
        Range range = bytes();
        if (range.length() > MAX_STRING) {
            throw defect("a name of at most " + MAX_STRING + " bytes", range.length() + " bytes");
        }
        byte[] bytes = new byte[(int) range.length()];
        source.bytes(range.start(), bytes.length).get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    Range bytes() throws IOException {
        require(2, "bytes");
        long length = varint();
        long start = position;
        advance(length);
        return new Range(start, length);
    }

    ProtoReader message() throws IOException {
        Range range = bytes();
        return new ProtoReader(source, range.start(), range.start() + range.length());
    }

    /** Reads the value or, if they are packed, the values of a repeated number, which is passed on as its bits. */
    void numbers(int bytes, Sink sink) throws IOException {
        ProtoReader values = wireType == 2 ? message() : this;
        do {
            if (values.position == values.end && values != this) {
                return;
            }
            if (bytes == 0) {
                sink.accept(values.varint());
            } else {
                long start = values.position;
                values.advance(bytes);
                ByteBuffer bits = source.bytes(start, bytes);
                sink.accept(bytes == Long.BYTES ? bits.getLong() : bits.getInt());
            }
        } while (values != this);
    }

    /** Receives numbers. */
    @FunctionalInterface
    interface Sink {
        void accept(long bits) throws IOException;
    }

    /** The rest of this message, to be read once more later. */
    ProtoReader copy() {
        return new ProtoReader(source, position, end);
    }

    FormatException defect(String expected, String found) {
        return source.file.origin().defect("ONNX model", expected, found, position);
    }

    private void require(int type, String kind) throws FormatException {
        if (wireType != type) {
            throw defect(kind, "wire type " + wireType);
        }
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (position == end) {
                throw defect("an integer", "the end of the message");
            }
            byte next = source.bytes(position++, 1).get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw defect("an integer of at most 10 bytes", "more");
    }

    private void advance(long length) throws FormatException {
        if (length < 0 || length > end - position) {
            throw defect(Long.toUnsignedString(length) + " bytes", (end - position) + " bytes");
        }
        position += length;
    }

    /** The file, of which a window is in memory. */
    private static final class Source {
        private final InputFile file;
        private ByteBuffer window = ByteBuffer.allocate(0);
        private long start;
        private int fields;

        private Source(InputFile file) {
            this.file = file;
        }

        private ByteBuffer bytes(long from, int length) throws IOException {
            if (from < start || from + length > start + window.limit()) {
                int size = (int) Math.min(Math.max(WINDOW, length), file.size() - from);
                window = file.read("ONNX model", from, Math.max(size, length));
                start = from;
            }
            return window.slice((int) (from - start), length).order(ByteOrder.LITTLE_ENDIAN);
        }

        private void count(long position) throws FormatException {
            if (++fields > MAX_FIELDS) {
                throw file.origin().defect("ONNX model", "at most " + MAX_FIELDS + " fields", "more", position);
            }
        }
    }
}
