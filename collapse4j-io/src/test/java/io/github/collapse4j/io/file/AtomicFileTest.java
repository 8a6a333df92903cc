package io.github.collapse4j.io.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that appear under their name when complete. */
class AtomicFileTest {
    @TempDir
    private Path directory;

    @Test
    void appearsWhenCommitted() throws IOException {
        Path file = directory.resolve("x");
        try (AtomicFile atomic = AtomicFile.create(file)) {
            atomic.stream().write(42);
            assertFalse(Files.exists(file));
            atomic.commit();
            assertEquals(List.of(file), list());
        }
        assertEquals(List.of(file), list());
        assertEquals(1, Files.size(file));
    }

    @Test
    void keepsTheOldContentUntilCommitted() throws IOException {
        Path file = Files.writeString(directory.resolve("x"), "old");
        try (AtomicFile atomic = AtomicFile.create(file)) {
            atomic.stream().write('n');
            assertEquals("old", Files.readString(file));
        }
        assertEquals("old", Files.readString(file));
        AtomicFile.writeString(file, "größe");
        assertEquals("größe", Files.readString(file));
        assertEquals(List.of(file), list());
    }

    @Test
    void disappearsWhenClosed() throws IOException {
        AtomicFile atomic = AtomicFile.create(directory.resolve("x"));
        atomic.stream().write(42);
        assertEquals(1, list().size());
        atomic.close();
        atomic.close();
        assertEquals(List.of(), list());
    }

    @Test
    void disappearsWhenWritingFails() throws IOException {
        assertThrows(IllegalStateException.class, () -> {
            try (AtomicFile atomic = AtomicFile.create(directory.resolve("x"))) {
                atomic.stream().write(42);
                throw new IllegalStateException("half-way");
            }
        });
        assertEquals(List.of(), list());
    }

    @Test
    void disappearsWhenItCannotGetItsName() throws IOException {
        Path file = directory.resolve("x");
        try (AtomicFile atomic = AtomicFile.create(file)) {
            Files.createDirectories(file.resolve("in the way"));
            assertThrows(IOException.class, atomic::commit);
        }
        assertEquals(List.of(file), list());
    }

    /** Two writers of one file do not interfere: the last commit wins. */
    @Test
    void servesSeveralWriters() throws IOException {
        Path file = directory.resolve("x");
        try (AtomicFile one = AtomicFile.create(file);
                AtomicFile two = AtomicFile.create(file)) {
            one.stream().write(1);
            two.stream().write(2);
            two.commit();
            one.commit();
        }
        assertEquals(1, Files.readAllBytes(file)[0]);
        assertEquals(List.of(file), list());
    }

    @Test
    void reportsAMissingFolderInOneLine() {
        Path file = directory.resolve("none").resolve("x.json");
        NoSuchFileException missing = assertThrows(NoSuchFileException.class, () -> AtomicFile.writeString(file, "{}"));
        assertEquals(file + ": its directory does not exist", missing.getMessage());
    }

    /** Users do not know the hidden file. */
    @Test
    void messagesNameTheRequestedFile() throws IOException {
        Path long255 = directory.resolve("x".repeat(256));
        FileSystemException tooLong = assertThrows(
                FileSystemException.class, () -> AtomicFile.create(long255).close());
        assertTrue(String.valueOf(tooLong.getMessage()).startsWith(long255 + ": "), tooLong::toString);

        Path file = directory.resolve("x");
        try (AtomicFile atomic = AtomicFile.create(file)) {
            Files.createDirectories(file.resolve("in the way"));
            FileSystemException refused = assertThrows(FileSystemException.class, atomic::commit);
            assertFalse(String.valueOf(refused.getMessage()).contains(".tmp"), refused::toString);
        }
    }

    @Test
    void leavesNothingBehindWhenTheProcessIsTerminated() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes(AtomicFile.class) + File.pathSeparator + classes(Writer.class),
                        Writer.class.getName(),
                        directory.resolve("x").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            Assumptions.assumeTrue(child.supportsNormalTermination(), "processes can only be killed here");
            assertEquals("written", lines.readLine());
            assertEquals(1, list().size());
            child.destroy();
            assertTrue(child.waitFor(60, TimeUnit.SECONDS));
            assertEquals(List.of(), list());
        } finally {
            child.destroyForcibly();
        }
    }

    private static Path classes(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Writes half a file and waits to be killed. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] args) throws Exception {
            try (AtomicFile atomic = AtomicFile.create(Path.of(args[0]))) {
                atomic.stream().write(42);
                System.out.println("written");
                Thread.sleep(600_000);
            }
        }
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
