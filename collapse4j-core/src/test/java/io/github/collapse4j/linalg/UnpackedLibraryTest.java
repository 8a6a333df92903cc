package io.github.collapse4j.linalg;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedLibraryTest {
    @TempDir
    private Path folder;

    @AfterEach
    void forgetTheFiles() {
        System.clearProperty(UnpackedLibrary.FILES);
    }

    @Test
    void withoutFilesJavaCppSearches() {
        assertFalse(UnpackedLibrary.load());
        System.setProperty(UnpackedLibrary.FILES, "");
        assertFalse(UnpackedLibrary.load());
        System.setProperty(UnpackedLibrary.FILES, folder.resolve("libopenblas.so.0") + ":not/absolute");
        assertFalse(UnpackedLibrary.load());
        assertNull(System.getProperty("org.bytedeco.javacpp.loadLibraries"));
        assertTrue(OpenBlas.isAvailable());
    }
}
