package io.github.collapse4j.io.npy;

import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FileSignature;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the magic string, the version, the length and the dictionary that precede an array's data. */
final class HeaderReader {
    /** A dictionary takes 128 bytes as NumPy writes it; the format would allow 4 GiB. */
    static final int MAX_DICTIONARY_BYTES = 1 << 20;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    private final Origin origin;

    HeaderReader(Origin origin) {
        this.origin = origin;
    }

    /**
     * Reads a header, leaving the stream at the first byte of the data.
     *
     * @throws FormatException if it is not a header of a supported type
     */
    ArrayHeader read(InputStream in) throws IOException {
        byte[] start = in.readNBytes(FileSignature.BYTES);
        if (!Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC)) {
            String found = FileSignature.found(start, origin.name());
            throw origin.defect("magic", "\\x93NUMPY (an .npy file)", found, 0);
        }
        if (start.length < FileSignature.BYTES) {
            throw origin.truncated("version", 2, start.length - 6, 6);
        }
        byte[] version = Arrays.copyOfRange(start, MAGIC.length, FileSignature.BYTES);
        int major = version[0] & 0xFF;
        int minor = version[1] & 0xFF;
        if (major < 1 || major > 3 || minor != 0) {
            throw origin.defect("version", "1.0, 2.0 or 3.0", major + "." + minor, 6);
        }
        int lengthBytes = major == 1 ? 2 : 4;
        long length = littleEndian(readExactly(in, "header length", lengthBytes, 8));
        if (length > MAX_DICTIONARY_BYTES) {
            throw origin.defect("header length", "at most " + MAX_DICTIONARY_BYTES + " bytes", length + " bytes", 8);
        }
        int offset = 8 + lengthBytes;
        byte[] dictionary = readExactly(in, "header", (int) length, offset);
        Charset charset = major < 3 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        return new HeaderParser(dictionary, charset, offset, origin).parse();
    }

    private byte[] readExactly(InputStream in, String field, int count, long offset) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw origin.truncated(field, count, bytes.length, offset);
        }
        return bytes;
    }

    private static long littleEndian(byte[] bytes) {
        long value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = (value << 8) | (bytes[i] & 0xFF);
        }
        return value;
    }
}
