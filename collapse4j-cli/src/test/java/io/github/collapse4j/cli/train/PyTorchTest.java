package io.github.collapse4j.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.io.InputException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PyTorchTest {
    @TempDir
    private Path folder;

    @Test
    void anUnusableTemporaryFolderIsNamed() {
        String usual = System.getProperty("java.io.tmpdir");
        String none = folder.resolve("none").toString();
        try {
            System.setProperty("java.io.tmpdir", none);
            InputException thrown = assertThrows(InputException.class, () -> PyTorch.start(true));
            assertEquals(
                    "PyTorch needs a writable temporary folder, found " + none
                            + "; set JAVA_OPTS=-Djava.io.tmpdir=… to use another",
                    thrown.getMessage());
        } finally {
            System.setProperty("java.io.tmpdir", usual);
        }
    }
}
