package io.github.collapse4j.io.file;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {
    @Test
    void goesWithItsFiles() throws IOException {
        Path path;
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            path = folder.path();
            Files.write(path.resolve("features.npy"), new byte[10]);
            Files.write(path.resolve(".part"), new byte[10]);
            assertTrue(Files.isDirectory(path));
        }
        assertFalse(Files.exists(path));
    }
}
