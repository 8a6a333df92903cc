package io.github.collapse4j.io.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.io.ArrayFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSignatureTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "checkpoint.tar, 504b030414000800, 'a PyTorch file, which is read if its name ends in .pt'",
        "checkpoint, 80028a0a6cfc9c46, 'a PyTorch file, which is read if its name ends in .pt'",
        "h.npy, 504b030414000000, perhaps an .npz file",
        "h.hdf, 894844460d0a1a0a, 'an HDF5 file, which is read if its name ends in .h5'",
        "h.pkl, 80049596000000, a Python pickle",
        "h.mat, 4d41544c41422035, scipy.io.loadmat",
        "h.npy.gz, 1f8b080000000000, gzip: unpack it first",
        "h.npy.zst, 28b52ffd00000000, Zstandard",
        "h.npy.bz2, 425a683931415926, bzip2",
        "h.feather, 4152524f57310000, an Arrow or Feather file",
        "labels-idx1-ubyte, 0000080100000000, an IDX file",
        "h.npy, 76657273696f6e20, a Git LFS pointer",
        "h.npy, 5041523100000000, a Parquet file",
        "h.txt, 312e352c322e302c, text: tables end in .csv",
    })
    void recognisesOtherKindsOfFiles(String name, String start, String words) throws IOException {
        Path file = directory.resolve(name);
        Files.write(file, HexFormat.of().parseHex(start));
        FormatException refused = assertThrows(FormatException.class, () -> ArrayFile.open(file.toString()));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(words), message);
        assertTrue(message.startsWith(file + ": magic: expected"), message);
    }

    @Test
    void ignoresColumnNamesThatLookLikeSignatures() {
        byte[] header = "ORC,PK,y".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(Optional.empty(), FileSignature.describeInsteadOfText(header, "x.csv"));
        byte[] pointer = "version ".getBytes(StandardCharsets.ISO_8859_1);
        assertTrue(FileSignature.describeInsteadOfText(pointer, "x.csv").isPresent());
    }
}
