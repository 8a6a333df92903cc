package io.github.collapse4j.io.zip;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.InputFile;
import io.github.collapse4j.io.array.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * A member of an archive, as the directory lists it.
 *
 * @param zip the archive
 * @param name as stored
 * @param flags general-purpose bits
 * @param method 0 stored, 8 deflated
 * @param crc CRC-32 of the unpacked bytes
 * @param packedBytes its size in the archive
 * @param bytes its unpacked size
 * @param header offset of its local header in the archive
 */
public record ZipMember(
        InputFile zip, String name, int flags, int method, long crc, long packedBytes, long bytes, long header) {
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int ENCRYPTED = 1;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final String FIELD = "ZIP member";

    /** {@return its name in messages} */
    public Origin origin() {
        return zip.origin().entry(name);
    }

    /** {@return whether its bytes are in the archive as they are} */
    public boolean isStored() {
        return method == STORED;
    }

    /**
     * Finds its bytes.
     *
     * @return their offset in the archive
     * @throws FormatException if the local header is defective, or the member is encrypted or packed in an unknown way
     */
    public long offset() throws IOException {
        if ((flags & ENCRYPTED) != 0) {
            throw zip.origin().defect(FIELD, "one without encryption", name + ", which is encrypted", header);
        }
        if (method != STORED && method != DEFLATED) {
            String found = name + " packed with method " + method;
            throw zip.origin().defect(FIELD, "one stored (method 0) or deflated (method 8)", found, header);
        }
        ByteBuffer local = zip.read(FIELD, header, LOCAL_BYTES);
        if (local.getInt(0) != LOCAL_SIGNATURE) {
            throw zip.origin().defect(FIELD, "its local header", "something else", header);
        }
        int nameLength = Short.toUnsignedInt(local.getShort(26));
        long offset = header + LOCAL_BYTES + nameLength + Short.toUnsignedInt(local.getShort(28));
        if (offset > zip.size() - packedBytes) {
            throw zip.origin().truncated(FIELD, packedBytes, Math.max(0, zip.size() - offset), offset);
        }
        if (method == STORED && packedBytes != bytes) {
            throw zip.origin().defect(FIELD, bytes + " stored bytes", packedBytes + " bytes", header);
        }
        return offset;
    }

    /** {@return a stream of its unpacked bytes; the checksum is not verified} */
    public InputStream stream() throws IOException {
        InputStream packed = zip.stream(offset(), packedBytes);
        return method == STORED ? packed : new Inflated(packed, origin());
    }

    /**
     * Reads a small member into memory and verifies its checksum.
     *
     * @throws FormatException if it is damaged or has more than {@code limit} bytes
     */
    public byte[] read(int limit) throws IOException {
        byte[] content;
        try (InputStream in = stream()) {
            content = in.readNBytes(limit + 1);
        }
        if (content.length > limit) {
            throw origin().defect("size", "at most " + limit + " bytes", "more", limit);
        }
        CRC32 found = new CRC32();
        found.update(content);
        check(found);
        return content;
    }

    /** @throws FormatException if a checksum is not that of this member */
    public void check(CRC32 found) throws FormatException {
        if (found.getValue() != crc) {
            throw origin().defect("checksum", "CRC-32 %08x".formatted(crc), "%08x".formatted(found.getValue()), 0);
        }
    }
}
