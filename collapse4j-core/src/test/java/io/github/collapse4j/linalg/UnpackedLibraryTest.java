package io.github.collapse4j.linalg;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedLibraryTest {
    @TempDir
    private Path folder;

    @AfterEach
    void forgetTheFolder() {
        System.clearProperty(UnpackedLibrary.FOLDER);
    }

    @Test
    void withoutAFolderOrTheLibraryJavaCppSearches() throws IOException {
        assertFalse(UnpackedLibrary.load());
        System.setProperty(UnpackedLibrary.FOLDER, folder.resolve("none").toString());
        assertFalse(UnpackedLibrary.load());
        System.setProperty(UnpackedLibrary.FOLDER, folder.toString());
        Files.writeString(folder.resolve("libopenblas.so.0"), "not all of it");
        assertFalse(UnpackedLibrary.load());
        assertNull(System.getProperty("org.bytedeco.javacpp.loadLibraries"));
        assertTrue(OpenBlas.isAvailable());
    }

    @Test
    void anotherPlatformsLibraryIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("libjniopenblas_full.so"), "not a library");
        System.setProperty(UnpackedLibrary.FOLDER, folder.toString());
        assertFalse(UnpackedLibrary.load());
        assertNull(System.getProperty("org.bytedeco.javacpp.loadLibraries"));
        assertTrue(OpenBlas.isAvailable());
    }
}
