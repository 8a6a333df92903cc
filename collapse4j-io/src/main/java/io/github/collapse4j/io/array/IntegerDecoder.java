package io.github.collapse4j.io.array;

import io.github.collapse4j.io.array.DType.Kind;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;

/** Integers of 1, 2, 4 or 8 bytes, signed or not, and booleans. */
final class IntegerDecoder implements ElementDecoder {
    private final DType type;
    private final long mask;
    private final long[] longs = new long[CHUNK];

    IntegerDecoder(DType type) {
        this.type = type;
        boolean signExtended = type.kind() == Kind.SIGNED_INTEGER || type.itemBytes() == Long.BYTES;
        this.mask = signExtended ? -1L : (1L << (Byte.SIZE * type.itemBytes())) - 1;
    }

    @Override
    public void toDoubles(ByteBuffer source, int count, double[] target, int at) {
        boolean unsignedLong = type.kind() == Kind.UNSIGNED_INTEGER && type.itemBytes() == Long.BYTES;
        for (int done = 0; done < count; done += CHUNK) {
            int length = Math.min(CHUNK, count - done);
            toLongs(source, done, length, longs, 0);
            for (int i = 0; i < length; i++) {
                target[at + done + i] = unsignedLong ? unsignedToDouble(longs[i]) : longs[i];
            }
        }
    }

    /**
     * Converts exactly, except for unsigned elements above 2⁶³−1, which come out negative.
     *
     * @param source at least {@code count} elements from its position, in its byte order; the position is not changed
     * @param target receives the elements from index {@code at} on
     */
    void toLongs(ByteBuffer source, int count, long[] target, int at) {
        for (int done = 0; done < count; done += CHUNK) {
            toLongs(source, done, Math.min(CHUNK, count - done), target, at + done);
        }
    }

    /** Converts {@code count} elements, at most one chunk, after skipping {@code first} elements of {@code source}. */
    private void toLongs(ByteBuffer source, int first, int count, long[] target, int at) {
        switch (type.itemBytes()) {
            case Byte.BYTES -> {
                byte[] bytes = new byte[count];
                source.get(source.position() + first, bytes);
                for (int i = 0; i < count; i++) {
                    target[at + i] = bytes[i] & mask;
                }
            }
            case Short.BYTES -> {
                short[] shorts = new short[count];
                ShortBuffer view = source.asShortBuffer();
                view.get(first, shorts);
                for (int i = 0; i < count; i++) {
                    target[at + i] = shorts[i] & mask;
                }
            }
            case Integer.BYTES -> {
                int[] ints = new int[count];
                IntBuffer view = source.asIntBuffer();
                view.get(first, ints);
                for (int i = 0; i < count; i++) {
                    target[at + i] = ints[i] & mask;
                }
            }
            default -> source.asLongBuffer().get(first, target, at, count);
        }
        if (type.kind() == Kind.BOOL) {
            for (int i = at; i < at + count; i++) {
                target[i] = target[i] == 0 ? 0 : 1;
            }
        }
    }

    /** {@return the nearest double; the bit shifted out is kept for correct rounding} */
    private static double unsignedToDouble(long bits) {
        return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
    }
}
