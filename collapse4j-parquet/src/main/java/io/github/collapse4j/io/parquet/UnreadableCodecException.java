package io.github.collapse4j.io.parquet;

import java.io.Serial;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** A file, perhaps a valid one, uses an unsupported compression codec. */
final class UnreadableCodecException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final CompressionCodecName codec;

    UnreadableCodecException(CompressionCodecName codec) {
        super(codec.name());
        this.codec = codec;
    }

    /** {@return the codec's name, such as {@code BROTLI}} */
    String codec() {
        return codec.name();
    }
}
