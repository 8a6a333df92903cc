package io.github.collapse4j.onnx;

import io.github.collapse4j.io.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/**
 * A model with more outputs than its file has. Protobuf merges messages that follow one another, so the outputs are
 * appended: field 7 of the model, the graph, with field 12, an output, with field 1, its name.
 *
 * @param buffer the model, ready to be read
 * @param digest of the file alone, SHA-256
 */
record ModelBytes(ByteBuffer buffer, String digest) {
    private static final int GRAPH = 7;
    private static final int OUTPUT = 12;
    private static final int NAME = 1;
    private static final int BYTES = 2;

    /** Protobuf's own limit. */
    private static final long LARGEST = Integer.MAX_VALUE - (1L << 20);

    static ModelBytes read(Path file, Collection<String> outputs) throws IOException {
        ByteArrayOutputStream appended = new ByteArrayOutputStream();
        for (String output : outputs) {
            byte[] name = output.getBytes(StandardCharsets.UTF_8);
            appended.writeBytes(field(GRAPH, field(OUTPUT, field(NAME, name))));
        }
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > LARGEST) {
                throw new InputException(
                        file + ": expected a model of less than 2 GB, larger parameters in files beside it, found "
                                + channel.size() + " bytes");
            }
            int size = (int) channel.size();
            ByteBuffer buffer = ByteBuffer.allocateDirect(size + appended.size());
            buffer.limit(size);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // keep reading
            }
            if (buffer.hasRemaining()) {
                throw new InputException(file + ": expected " + size + " bytes, found " + buffer.position());
            }
            String digest = digest(buffer.flip());
            buffer.clear().position(size);
            buffer.put(appended.toByteArray()).flip();
            return new ModelBytes(buffer, digest);
        }
    }

    private static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write((number << 3) | BYTES);
        int length = content.length;
        while (length > 0x7F) {
            bytes.write((length & 0x7F) | 0x80);
            length >>>= 7;
        }
        bytes.write(length);
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    private static String digest(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
