package io.github.collapse4j.io.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.airlift.compress.lz4.Lz4Compressor;
import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.tables.Samples;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed pages. */
@Tag("heavy")
class CodecsTest {
    private static final int ROWS = 5_000;

    @TempDir
    private Path folder;

    /** The legacy LZ4 codec in Hadoop frames of the given size; 0 means no frames, as C++ wrote them. */
    @ParameterizedTest
    @ValueSource(ints = {0, 7, 1000, 1 << 20})
    void readsTheOlderLz4(int frame) throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType(
                "message t { required double x; required double y; required int32 label; }");
        Path file = folder.resolve("lz4.parquet");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withCompressionCodec(CompressionCodecName.LZ4)
                .withCodecFactory(new OlderLz4(frame))
                .withType(schema)
                .build()) {
            for (int i = 0; i < ROWS; i++) {
                Group row = new SimpleGroup(schema);
                row.add("x", i % 10 + 0.5);
                row.add("y", (double) i);
                row.add("label", i % 3);
                writer.write(row);
            }
        }
        Samples samples = OneMachine.read(List.of(file), TableColumns.usual());
        assertEquals(ROWS, samples.labels().length);
        for (int i = 0; i < ROWS; i++) {
            assertArrayEquals(new double[] {i % 10 + 0.5, i}, Arrays.copyOfRange(samples.features(), 2 * i, 2 * i + 2));
            assertEquals(i % 3, samples.labels()[i]);
        }
    }

    /** Compresses as writers did before LZ4_RAW. */
    private record OlderLz4(int frame) implements CompressionCodecFactory {
        @Override
        public BytesInputCompressor getCompressor(CompressionCodecName codec) {
            return new BytesInputCompressor() {
                @Override
                public BytesInput compress(BytesInput bytes) throws IOException {
                    return BytesInput.from(framed(bytes.toInputStream().readAllBytes()));
                }

                @Override
                public CompressionCodecName getCodecName() {
                    return CompressionCodecName.LZ4;
                }

                @Override
                public void release() {
                    // nothing to release
                }
            };
        }

        private byte[] framed(byte[] bytes) throws IOException {
            if (frame == 0) {
                return block(bytes);
            }
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(frames);
            for (int done = 0; done < bytes.length; done += frame) {
                byte[] part = Arrays.copyOfRange(bytes, done, Math.min(bytes.length, done + frame));
                byte[] packed = block(part);
                out.writeInt(part.length);
                out.writeInt(packed.length);
                out.write(packed);
            }
            return frames.toByteArray();
        }

        private static byte[] block(byte[] bytes) {
            Lz4Compressor compressor = new Lz4Compressor();
            byte[] packed = new byte[compressor.maxCompressedLength(bytes.length)];
            int length = compressor.compress(bytes, 0, bytes.length, packed, 0, packed.length);
            return Arrays.copyOf(packed, length);
        }

        @Override
        public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void release() {
            // nothing to release
        }
    }

    /** Native libraries would be unpacked there, but none is needed. */
    @ParameterizedTest
    @ValueSource(strings = {"list_snappy", "list_zstd", "list_lz4", "list_gzip"})
    void needsNoTemporaryFolder(String name) throws IOException, InterruptedException {
        Process reader = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + folder.resolve("missing"),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Reader.class.getName(),
                        copy(name).toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, reader.waitFor(), output);
        assertTrue(output.contains("10 samples"), output);
    }

    /** Runs in the other process. */
    static final class Reader {
        private Reader() {}

        public static void main(String[] args) throws IOException {
            Samples samples = OneMachine.read(List.of(Path.of(args[0])), TableColumns.usual());
            System.out.println(samples.labels().length + " samples");
        }
    }

    private Path copy(String name) throws IOException {
        Path copy = folder.resolve(name + ".parquet");
        try (var in = CodecsTest.class.getResourceAsStream("/parquet/" + name + ".parquet")) {
            Files.copy(Objects.requireNonNull(in, name), copy);
        }
        return copy;
    }

    @Test
    void namesTheFileAndNotAnObject() throws IOException {
        Path file = folder.resolve("text.parquet");
        Files.writeString(file, "this is a text that is no Parquet file at all");
        String message = String.valueOf(
                assertThrows(IOException.class, () -> OneMachine.read(List.of(file), TableColumns.usual()))
                        .getMessage());
        assertTrue(message.startsWith(file + ": footer: expected a valid Parquet file"), message);
        assertTrue(!message.contains("@"), message);
        assertEquals(1, message.lines().count(), message);
    }
}
