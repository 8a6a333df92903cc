package io.github.collapse4j.spark;

import org.apache.spark.sql.catalyst.encoders.Codec;

/** Serialises buffers: Spark does this once per group and partition, not per row. */
class MomentsCodec implements Codec<MomentsBuffer, byte[]> {
    private static final long serialVersionUID = 1;

    @Override
    public byte[] encode(MomentsBuffer buffer) {
        return buffer.toBytes();
    }

    @Override
    public MomentsBuffer decode(byte[] bytes) {
        return MomentsBuffer.fromBytes(bytes);
    }
}
