package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.Matrix;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Writes one state: header, payload, and the CRC32C of both. */
public final class StateWriter {
    private final ByteBuffer bytes;

    public StateWriter(byte kind, int classes, int featureDimension, long payload) {
        long size = State.HEADER + payload + State.CHECKSUM;
        if (size > Matrix.MAX_ENTRIES) {
            throw new IllegalStateException("a state of " + size + " bytes exceeds the largest array");
        }
        bytes = ByteBuffer.allocate((int) size);
        bytes.putInt(State.MAGIC).put(State.VERSION).put(kind).putShort((short) 0);
        bytes.putInt(classes).putInt(featureDimension);
    }

    StateWriter put(boolean flag) {
        bytes.put((byte) (flag ? 1 : 0));
        return this;
    }

    public StateWriter put(long number) {
        bytes.putLong(number);
        return this;
    }

    StateWriter put(long[] numbers) {
        bytes.asLongBuffer().put(numbers);
        bytes.position(bytes.position() + Long.BYTES * numbers.length);
        return this;
    }

    public StateWriter put(double[] numbers) {
        bytes.asDoubleBuffer().put(numbers);
        bytes.position(bytes.position() + Double.BYTES * numbers.length);
        return this;
    }

    public byte[] finish() {
        if (bytes.remaining() != State.CHECKSUM) {
            throw new IllegalStateException(bytes.remaining() - State.CHECKSUM + " bytes of the payload are missing");
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.array(), 0, bytes.position());
        bytes.putInt((int) checksum.getValue());
        return bytes.array();
    }
}
