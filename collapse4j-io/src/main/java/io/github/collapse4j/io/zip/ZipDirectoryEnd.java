package io.github.collapse4j.io.zip;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.InputFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The location of a ZIP archive's central directory, from its end record.
 *
 * @param offset offset of the directory's first byte
 * @param bytes size of the directory
 * @param members number of members it lists
 */
record ZipDirectoryEnd(long offset, long bytes, long members) {
    private static final int SIGNATURE = 0x06054b50;
    private static final int LENGTH = 22;
    private static final int MAX_COMMENT = 0xFFFF;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int LOCATOR_LENGTH = 20;
    private static final int SIGNATURE_64 = 0x06064b50;
    private static final int LENGTH_64 = 56;
    private static final String FIELD = "ZIP end record";
    private static final String FIELD_64 = "ZIP64 end record";

    /**
     * Finds the end record, preferring the ZIP64 one if present.
     *
     * @throws FormatException if there is none, or it does not describe a directory immediately before it
     */
    static ZipDirectoryEnd find(InputFile zip) throws IOException {
        int length = (int) Math.min(zip.size(), LENGTH + MAX_COMMENT);
        long start = zip.size() - length;
        ByteBuffer tail = zip.read(FIELD, start, length);
        for (int at = length - LENGTH; at >= 0; at--) {
            boolean commentFits =
                    tail.getInt(at) == SIGNATURE && Short.toUnsignedInt(tail.getShort(at + 20)) == length - at - LENGTH;
            if (commentFits) {
                return read(zip, tail.slice(at, LENGTH).order(tail.order()), start + at);
            }
        }
        throw zip.origin().defect(FIELD, "one (a ZIP archive)", "none", start);
    }

    private static ZipDirectoryEnd read(InputFile zip, ByteBuffer end, long position) throws IOException {
        long locatorPosition = position - LOCATOR_LENGTH;
        if (locatorPosition >= 0) {
            ByteBuffer locator = zip.read(FIELD_64, locatorPosition, LOCATOR_LENGTH);
            if (locator.getInt(0) == LOCATOR_SIGNATURE) {
                return read64(zip, locator.getLong(8));
            }
        }
        if (end.getInt(4) != 0) {
            throw zip.origin().defect(FIELD, "a single archive", "a part of several", position + 4);
        }
        long members = Short.toUnsignedLong(end.getShort(10));
        long bytes = Integer.toUnsignedLong(end.getInt(12));
        long offset = Integer.toUnsignedLong(end.getInt(16));
        return checked(zip, new ZipDirectoryEnd(offset, bytes, members), position);
    }

    private static ZipDirectoryEnd read64(InputFile zip, long position) throws IOException {
        ByteBuffer end = zip.read(FIELD_64, position, LENGTH_64);
        if (end.getInt(0) != SIGNATURE_64) {
            throw zip.origin().defect(FIELD_64, "its signature", "something else", position);
        }
        return checked(zip, new ZipDirectoryEnd(end.getLong(48), end.getLong(40), end.getLong(32)), position);
    }

    private static ZipDirectoryEnd checked(InputFile zip, ZipDirectoryEnd end, long position) throws IOException {
        if (end.offset < 0 || end.bytes < 0 || end.offset > position || end.bytes != position - end.offset) {
            throw zip.origin()
                    .defect(
                            FIELD,
                            "a directory that ends at byte " + position,
                            end.bytes + " bytes from byte " + end.offset + " on",
                            position);
        }
        return end;
    }
}
