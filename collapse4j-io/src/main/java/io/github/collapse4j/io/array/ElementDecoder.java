package io.github.collapse4j.io.array;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/**
 * Converts stored elements to Java numbers. Not thread-safe: a decoder reuses its intermediate array, which fits into
 * the first-level cache.
 */
public sealed interface ElementDecoder
        permits ElementDecoder.Float16,
                ElementDecoder.Float32,
                ElementDecoder.Float64,
                ElementDecoder.BrainFloat,
                IntegerDecoder {
    /** Number of elements copied out of a buffer before conversion; copying one at a time is 10 times slower. */
    int CHUNK = 1024;

    /** {@return a new decoder for elements of {@code type}} */
    static ElementDecoder of(DType type) {
        if (type.isIntegral()) {
            return new IntegerDecoder(type);
        }
        return switch (type.itemBytes()) {
            case 2 -> type.kind() == DType.Kind.BRAIN_FLOAT ? new BrainFloat() : new Float16();
            case 4 -> new Float32();
            default -> new Float64();
        };
    }

    /**
     * Converts to doubles: exactly, except for 64-bit integers beyond 2⁵³, which are rounded to nearest.
     *
     * @param source at least {@code count} elements from its position, in its byte order; the position is not changed
     * @param target receives the elements from index {@code at} on
     */
    void toDoubles(ByteBuffer source, int count, double[] target, int at);

    /** IEEE 754 binary16. */
    final class Float16 implements ElementDecoder {
        private static final int INFINITY = 0x1F << 23;
        private static final float BIAS_DIFFERENCE = 0x1p112f;

        private final short[] chunk = new short[CHUNK];

        private Float16() {}

        @Override
        public void toDoubles(ByteBuffer source, int count, double[] target, int at) {
            ShortBuffer halves = source.asShortBuffer();
            for (int done = 0; done < count; done += CHUNK) {
                int length = Math.min(CHUNK, count - done);
                halves.get(chunk, 0, length);
                for (int i = 0; i < length; i++) {
                    target[at + done + i] = toFloat(chunk[i]);
                }
            }
        }

        /**
         * Moves exponent and fraction to their places in binary32, and corrects for the different exponent biases by an
         * exact multiplication, which also normalises subnormal numbers.
         */
        public static float toFloat(short half) {
            int sign = (half & 0x8000) << 16;
            int magnitude = (half & 0x7FFF) << 13;
            if (magnitude >= INFINITY) {
                return Float.intBitsToFloat(sign | 0x7F800000 | magnitude);
            }
            return Float.intBitsToFloat(sign | magnitude) * BIAS_DIFFERENCE;
        }
    }

    /** The upper half of a binary32. */
    final class BrainFloat implements ElementDecoder {
        private final short[] chunk = new short[CHUNK];

        private BrainFloat() {}

        @Override
        public void toDoubles(ByteBuffer source, int count, double[] target, int at) {
            ShortBuffer halves = source.asShortBuffer();
            for (int done = 0; done < count; done += CHUNK) {
                int length = Math.min(CHUNK, count - done);
                halves.get(chunk, 0, length);
                for (int i = 0; i < length; i++) {
                    target[at + done + i] = Float.intBitsToFloat(chunk[i] << 16);
                }
            }
        }
    }

    /** IEEE 754 binary32. */
    final class Float32 implements ElementDecoder {
        private final float[] chunk = new float[CHUNK];

        private Float32() {}

        @Override
        public void toDoubles(ByteBuffer source, int count, double[] target, int at) {
            FloatBuffer floats = source.asFloatBuffer();
            for (int done = 0; done < count; done += CHUNK) {
                int length = Math.min(CHUNK, count - done);
                floats.get(chunk, 0, length);
                widen(length, target, at + done);
            }
        }

        private void widen(int length, double[] target, int at) {
            for (int i = 0; i < length; i++) {
                target[at + i] = chunk[i];
            }
        }
    }

    /** IEEE 754 binary64. */
    final class Float64 implements ElementDecoder {
        private Float64() {}

        @Override
        public void toDoubles(ByteBuffer source, int count, double[] target, int at) {
            source.asDoubleBuffer().get(target, at, count);
        }
    }
}
