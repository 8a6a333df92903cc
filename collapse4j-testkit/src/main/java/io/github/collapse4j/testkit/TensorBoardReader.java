package io.github.collapse4j.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads event files by the description of the format alone: record framing, and protocol buffers field by field. Its
 * checksum is computed bit by bit from the polynomial of Castagnoli, not by the class that the writer uses.
 */
public final class TensorBoardReader {
    /** Reversed polynomial of CRC-32C (RFC 3720, B.4). */
    private static final int POLYNOMIAL = 0x82F63B78;

    /** An event: what it has of version, session status and scalars. */
    public record Event(double wallTime, long step, String version, long sessionStatus, Map<String, Float> scalars) {}

    private TensorBoardReader() {}

    /** The events of a file, in order; fails at a wrong checksum or an unknown field. */
    public static List<Event> read(Path file) throws IOException {
        List<Event> events = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            byte[] length = take(bytes, 8);
            check(length, bytes.getInt(), "length");
            byte[] data = take(
                    bytes,
                    Math.toIntExact(ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()));
            check(data, bytes.getInt(), "data");
            events.add(event(ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN)));
        }
        return events;
    }

    /** CRC-32C. */
    public static int crc(byte[] data) {
        int crc = ~0;
        for (byte next : data) {
            crc ^= next & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
        }
        return ~crc;
    }

    private static void check(byte[] data, int stored, String what) {
        int crc = crc(data);
        int masked = ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
        if (masked != stored) {
            throw new IllegalStateException("checksum of " + what + ": expected " + masked + ", found " + stored);
        }
    }

    private static byte[] take(ByteBuffer from, int size) {
        byte[] taken = new byte[size];
        from.get(taken);
        return taken;
    }

    private static Event event(ByteBuffer data) {
        double wallTime = Double.NaN;
        long step = 0;
        String version = "";
        long status = 0;
        Map<String, Float> scalars = new LinkedHashMap<>();
        while (data.hasRemaining()) {
            int key = (int) varint(data);
            switch (key) {
                case (1 << 3) | 1 -> wallTime = data.getDouble();
                case 2 << 3 -> step = varint(data);
                case (3 << 3) | 2 -> version = text(data);
                case (5 << 3) | 2 -> summary(message(data), scalars);
                case (7 << 3) | 2 -> status = session(message(data));
                default -> throw new IllegalStateException("key " + key);
            }
        }
        return new Event(wallTime, step, version, status, scalars);
    }

    private static long session(ByteBuffer log) {
        if (varint(log) != 1 << 3) {
            throw new IllegalStateException("session log");
        }
        return varint(log);
    }

    private static void summary(ByteBuffer summary, Map<String, Float> scalars) {
        while (summary.hasRemaining()) {
            if (varint(summary) != ((1 << 3) | 2)) {
                throw new IllegalStateException("summary");
            }
            ByteBuffer value = message(summary);
            String tag = "";
            while (value.hasRemaining()) {
                int key = (int) varint(value);
                switch (key) {
                    case (1 << 3) | 2 -> tag = text(value);
                    case (2 << 3) | 5 -> scalars.put(tag, value.getFloat());
                    default -> throw new IllegalStateException("key " + key);
                }
            }
        }
    }

    private static ByteBuffer message(ByteBuffer data) {
        return ByteBuffer.wrap(take(data, Math.toIntExact(varint(data)))).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String text(ByteBuffer data) {
        return new String(take(data, Math.toIntExact(varint(data))), StandardCharsets.UTF_8);
    }

    private static long varint(ByteBuffer data) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = data.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
