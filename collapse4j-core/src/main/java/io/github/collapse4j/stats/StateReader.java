package io.github.collapse4j.stats;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Reads one state. Nothing is allocated until the bytes are known to be long enough. */
public final class StateReader {
    private final ByteBuffer bytes;
    private final int classes;
    private final int featureDimension;

    public StateReader(byte[] state, byte kind) {
        if (state.length < State.HEADER + State.CHECKSUM) {
            throw new StateFormatException(
                    "state: expected at least " + (State.HEADER + State.CHECKSUM) + " bytes, found " + state.length);
        }
        ByteBuffer whole = ByteBuffer.wrap(state);
        require("magic number", State.MAGIC, whole.getInt(0));
        CRC32C checksum = new CRC32C();
        checksum.update(state, 0, state.length - State.CHECKSUM);
        if ((int) checksum.getValue() != whole.getInt(state.length - State.CHECKSUM)) {
            throw new StateFormatException("state: the checksum does not match; the bytes are corrupted");
        }
        require("version", State.VERSION, whole.get(4));
        require("kind", kind, whole.get(5));
        require("reserved field", 0, whole.getShort(6));
        classes = whole.getInt(8);
        featureDimension = whole.getInt(12);
        if (classes < 1 || featureDimension < 0) {
            throw new StateFormatException("state: expected at least 1 class and dimension 0, found " + classes
                    + " classes and dimension " + featureDimension);
        }
        bytes = whole.slice(State.HEADER, state.length - State.HEADER - State.CHECKSUM);
    }

    private static void require(String field, int expected, int found) {
        if (found != expected) {
            throw new StateFormatException("state: " + field + " expected " + expected + ", found " + found);
        }
    }

    public int classes() {
        return classes;
    }

    public int featureDimension() {
        return featureDimension;
    }

    /** Checks the shape against that of the reference. */
    public void requireFrame(int expectedClasses, int expectedDimension) {
        if (classes != expectedClasses || featureDimension != expectedDimension) {
            throw new StateFormatException("state: expected K = " + expectedClasses + ", d = " + expectedDimension
                    + ", found K = " + classes + ", d = " + featureDimension);
        }
    }

    /** Checks that the state has the expected reference. */
    public void requireFingerprint(long expected) {
        if (number() != expected) {
            throw new StateFormatException("state: it belongs to other means, directions or weights");
        }
    }

    /** Checks that exactly {@code payload} bytes are left. */
    public void requireRemaining(long payload) {
        if (bytes.remaining() != payload) {
            throw new StateFormatException("state: expected " + payload + " bytes of content for K = " + classes
                    + " and d = " + featureDimension + ", found " + bytes.remaining());
        }
    }

    private void requireAvailable(long count) {
        if (count > bytes.remaining()) {
            throw new StateFormatException("state: expected " + count + " more bytes, found " + bytes.remaining());
        }
    }

    boolean flag() {
        requireAvailable(1);
        byte value = bytes.get();
        if (value != 0 && value != 1) {
            throw new StateFormatException("state: expected a flag, found " + value);
        }
        return value == 1;
    }

    public long number() {
        requireAvailable(Long.BYTES);
        return bytes.getLong();
    }

    long[] counts(int length) {
        requireAvailable((long) Long.BYTES * length);
        long[] numbers = new long[length];
        bytes.asLongBuffer().get(numbers);
        bytes.position(bytes.position() + Long.BYTES * length);
        for (long count : numbers) {
            if (count < 0) {
                throw new StateFormatException("state: expected a count, found " + count);
            }
        }
        return numbers;
    }

    /** Numbers that may be infinite or not a number, such as sums that overflow. */
    double[] anyNumbers(long length) {
        requireAvailable(Double.BYTES * length);
        double[] numbers = new double[(int) length];
        bytes.asDoubleBuffer().get(numbers);
        bytes.position(bytes.position() + Double.BYTES * numbers.length);
        return numbers;
    }

    /** Finite numbers. */
    public double[] numbers(long length) {
        double[] numbers = anyNumbers(length);
        for (double number : numbers) {
            if (!Double.isFinite(number)) {
                throw new StateFormatException("state: expected a finite number, found " + number);
            }
        }
        return numbers;
    }

    /** Reads finite nonnegative numbers. */
    public double[] weights(long length) {
        double[] numbers = numbers(length);
        for (double number : numbers) {
            if (number < 0) {
                throw new StateFormatException("state: expected a sum of squares or weights, found " + number);
            }
        }
        return numbers;
    }
}
