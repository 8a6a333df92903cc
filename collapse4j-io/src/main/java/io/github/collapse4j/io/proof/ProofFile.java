package io.github.collapse4j.io.proof;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.file.AtomicFile;
import io.github.collapse4j.proof.Proof;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes proof files (docs/proof-format.md). */
public final class ProofFile {
    /** In bytes; a lower bound for a thousand classes takes about 27 million. */
    private static final int MAX_SIZE = 1 << 28;

    private ProofFile() {}

    /**
     * Reads a proof.
     *
     * @throws InputException with a one-line message that names the place, if the file violates the format
     */
    public static Proof read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new InputException(file + ": expected a proof file, found a folder");
        }
        byte[] bytes;
        try (InputStream stream = Files.newInputStream(file)) {
            bytes = stream.readNBytes(MAX_SIZE + 1);
        }
        if (bytes.length > MAX_SIZE) {
            throw new InputException(file + ": expected at most " + MAX_SIZE + " bytes");
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InputException(file + ": expected a text in UTF-8");
        }
        return ProofReader.read(file.toString(), text);
    }

    /** Writes a proof; the file appears only once it is complete. */
    public static void write(Path file, Proof proof) throws IOException {
        AtomicFile.writeString(file, ProofWriter.text(proof));
    }
}
