package io.github.collapse4j.io.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Damages a file: bytes anywhere and, if it is an archive, bytes of its members, whose checksums are then right. */
final class Mutator {
    private static final int STRUCTURE = 4096;
    private static final long[] EXTREMES = {
        0,
        1,
        2,
        7,
        255,
        256,
        -1,
        -2,
        1 << 16,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        1L << 40,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private final byte[] original;
    private final Map<String, byte[]> members = new LinkedHashMap<>();

    Mutator(Path file) throws IOException {
        this.original = Files.readAllBytes(file);
        if (original.length > 4 && original[0] == 'P' && original[1] == 'K') {
            try (ZipFile zip = new ZipFile(file.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    members.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
                }
            }
        }
    }

    /** Returns a damaged copy. */
    byte[] mutate(Random random) throws IOException {
        if (members.isEmpty() || random.nextInt(4) == 0) {
            return damage(original, random);
        }
        List<String> names = new ArrayList<>(members.keySet());
        // those of structure are short, and the first or the last
        String chosen = random.nextBoolean() ? names.get(0) : names.get(random.nextInt(names.size()));
        boolean isLost = random.nextInt(20) == 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                boolean isChosen = member.getKey().equals(chosen);
                if (!(isChosen && isLost)) {
                    put(out, member.getKey(), isChosen ? damage(member.getValue(), random) : member.getValue());
                }
            }
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 sum = new CRC32();
        sum.update(content);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }

    private static byte[] damage(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes = damageOnce(bytes, random);
        }
        return bytes;
    }

    private static byte[] damageOnce(byte[] bytes, Random random) {
        int at = position(bytes.length, random);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 8 : 512));
        return switch (random.nextInt(10)) {
            case 0 -> set(bytes, at, (byte) random.nextInt(256));
            case 1 -> set(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 2, 3, 4 -> extreme(bytes, at, random);
            case 5 -> digits(bytes, at, random);
            case 6 -> splice(bytes, at, length, new byte[0]);
            case 7 -> {
                int from = position(bytes.length, random);
                yield splice(
                        bytes,
                        at,
                        random.nextBoolean() ? 0 : length,
                        Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length)));
            }
            case 8 -> {
                int from = position(bytes.length, random);
                int count = Math.min(length, bytes.length - from);
                byte[] copied = bytes.clone();
                System.arraycopy(bytes, from, copied, at, Math.min(count, bytes.length - at));
                yield copied;
            }
            default -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : set(bytes, at, (byte) (bytes[at] + 1));
        };
    }

    /** Mostly where files keep their structure: at either end. */
    private static int position(int size, Random random) {
        int near = random.nextInt(Math.min(size, STRUCTURE));
        return switch (random.nextInt(3)) {
            case 0 -> near;
            case 1 -> size - 1 - near;
            default -> random.nextInt(size);
        };
    }

    private static byte[] set(byte[] bytes, int at, byte value) {
        bytes[at] = value;
        return bytes;
    }

    private static byte[] extreme(byte[] bytes, int at, Random random) {
        long value = random.nextInt(4) == 0
                ? bytes.length + random.nextInt(3) - 1
                : EXTREMES[random.nextInt(EXTREMES.length)];
        ByteBuffer buffer =
                ByteBuffer.wrap(bytes).order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int room = bytes.length - at;
        if (room >= Long.BYTES && random.nextBoolean()) {
            buffer.putLong(at, value);
        } else if (room >= Integer.BYTES && random.nextBoolean()) {
            buffer.putInt(at, (int) value);
        } else if (room >= Short.BYTES && random.nextBoolean()) {
            buffer.putShort(at, (short) value);
        } else {
            buffer.put(at, (byte) value);
        }
        return bytes;
    }

    /** Changes the next number that is written out. */
    private static byte[] digits(byte[] bytes, int at, Random random) {
        for (int i = at; i < Math.min(bytes.length, at + STRUCTURE); i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                bytes[i] = (byte) "0123456789-.eE".charAt(random.nextInt(14));
                return random.nextBoolean()
                        ? bytes
                        : splice(bytes, i, 0, "99999999999".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
        }
        return bytes;
    }

    private static byte[] splice(byte[] bytes, int at, int removed, byte[] inserted) {
        byte[] spliced = new byte[bytes.length - removed + inserted.length];
        System.arraycopy(bytes, 0, spliced, 0, at);
        System.arraycopy(inserted, 0, spliced, at, inserted.length);
        System.arraycopy(bytes, at + removed, spliced, at + inserted.length, bytes.length - at - removed);
        return spliced;
    }
}
