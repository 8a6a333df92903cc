package io.github.collapse4j.io.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A protocol buffer message under construction; fields are written in the order of the calls. */
final class ProtoMessage {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ProtoMessage varint(int field, long value) {
        key(field, VARINT);
        unsigned(value);
        return this;
    }

    ProtoMessage fixed64(int field, double value) {
        key(field, FIXED64);
        bytes.writeBytes(littleEndian(Double.BYTES).putDouble(value).array());
        return this;
    }

    ProtoMessage fixed32(int field, float value) {
        key(field, FIXED32);
        bytes.writeBytes(littleEndian(Float.BYTES).putFloat(value).array());
        return this;
    }

    ProtoMessage text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtoMessage message(int field, ProtoMessage value) {
        return bytes(field, value.toBytes());
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ProtoMessage bytes(int field, byte[] value) {
        key(field, BYTES);
        unsigned(value.length);
        bytes.writeBytes(value);
        return this;
    }

    private void key(int field, int type) {
        unsigned(((long) field << 3) | type);
    }

    private void unsigned(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}
