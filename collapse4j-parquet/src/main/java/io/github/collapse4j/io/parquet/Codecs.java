package io.github.collapse4j.io.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Parquet's own decompressors, and one for gzip, which it takes from Hadoop. */
final class Codecs implements CompressionCodecFactory {
    private final CodecFactory others;

    Codecs(ParquetConfiguration configuration) {
        this.others = new CodecFactory(configuration, 0);
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return codec == CompressionCodecName.GZIP ? new Gunzip() : others.getDecompressor(codec);
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return others.getCompressor(codec);
    }

    @Override
    public void release() {
        others.release();
    }

    private static final class Gunzip implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput packed, int unpackedBytes) throws IOException {
            return BytesInput.from(unpacked(packed.toInputStream(), unpackedBytes));
        }

        @Override
        public void decompress(ByteBuffer input, int packedBytes, ByteBuffer output, int unpackedBytes)
                throws IOException {
            ByteBuffer packed = input.slice();
            packed.limit(packedBytes);
            output.put(unpacked(BytesInput.from(packed).toInputStream(), unpackedBytes));
            input.position(input.position() + packedBytes);
        }

        /** Takes memory as the bytes arrive, whatever their number is said to be. */
        private static byte[] unpacked(InputStream packed, int length) throws IOException {
            try (GZIPInputStream in = new GZIPInputStream(packed)) {
                byte[] bytes = in.readNBytes(length);
                if (bytes.length < length) {
                    throw new EOFException("a page of " + bytes.length + " bytes in place of " + length);
                }
                return bytes;
            }
        }

        @Override
        public void release() {
            // nothing is kept
        }
    }
}
