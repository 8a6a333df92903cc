package io.github.collapse4j.io.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.io.samples.contract.ReaderOracle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.parquet.io.ParquetDecodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages for the exceptions of Parquet's library. */
class LibraryTest {
    private static final Pattern IDENTITY = Pattern.compile("\\w@[0-9a-f]{5}");

    @TempDir
    private Path directory;

    @Test
    void defaultToStringsAreLeftOut() {
        FormatException thrown = assertThrows(
                FormatException.class,
                () -> Library.guarded("t.parquet", "pages", () -> {
                    throw new ParquetDecodingException("could not read org.apache.parquet.Page@1f2e3d4 here");
                }));
        assertEquals(
                "t.parquet: pages: expected a valid Parquet file, found a library error: could not read … here",
                String.valueOf(thrown.getMessage()).replace(" (at byte offset 0)", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"list_snappy", "columns", "version2"})
    void damagedFilesGiveNoDefaultToStrings(String name) throws IOException {
        byte[] whole;
        try (InputStream in = LibraryTest.class.getResourceAsStream("/parquet/" + name + ".parquet")) {
            whole = Objects.requireNonNull(in, name).readAllBytes();
        }
        Path file = directory.resolve("t.parquet");
        for (int at = 0; at < whole.length; at += 1 + whole.length / 200) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) 0xff;
            Files.write(file, damaged);
            String message = message(file);
            assertFalse(IDENTITY.matcher(message).find(), message);
            assertEquals(1, Math.max(1, message.lines().count()), message);
        }
    }

    private static String message(Path file) {
        try {
            ReaderOracle.readAll(
                    new SampleFiles(InputStream.nullInputStream()).open(SampleRequest.of(file.toString(), null)), 3);
            return ""; // an unused byte, or just another number
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        }
    }
}
