package io.github.collapse4j.io.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Pure Java decompressors. Parquet's own first unpack a native library into the temporary folder, which may be full or
 * read-only, and take gzip and the older LZ4 from Hadoop, which is absent here.
 */
final class Codecs implements CompressionCodecFactory {
    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return switch (codec) {
            case UNCOMPRESSED -> new Pages((packed, length) -> packed);
            case GZIP -> new Pages(Unpack::gzip);
            case SNAPPY -> new Pages(Unpack::snappy);
            case ZSTD -> new Pages(Unpack::zstd);
            case LZ4_RAW -> new Pages(Unpack::lz4);
            case LZ4 -> new Pages(Unpack::framedLz4);
            default -> throw new UnreadableCodecException(codec);
        };
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("files are only read");
    }

    @Override
    public void release() {
        // nothing to release
    }

    /** Decompresses one page at a time. */
    private record Pages(Unpack how) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput packed, int length) throws IOException {
            return BytesInput.from(how.exactly(packed.toInputStream().readAllBytes(), length));
        }

        @Override
        public void decompress(ByteBuffer input, int packedLength, ByteBuffer output, int length) throws IOException {
            if (packedLength < 0 || packedLength > input.remaining()) {
                throw new IOException(
                        "a page of " + packedLength + " bytes, " + input.remaining() + " of which are present");
            }
            byte[] packed = new byte[packedLength];
            input.get(packed);
            output.put(how.exactly(packed, length));
        }

        @Override
        public void release() {
            // nothing to release
        }
    }
}
