package io.github.collapse4j.io.zip;

import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.InputFile;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the central directory of a ZIP archive. {@link java.util.zip.ZipFile} does not reveal the offsets of members,
 * which are needed to read stored ones in place.
 */
public final class ZipDirectory {
    private static final int MAX_BYTES = 1 << 24;
    private static final int SIGNATURE = 0x02014b50;
    private static final int FIXED_BYTES = 46;
    private static final int UTF_8_NAME = 1 << 11;
    private static final int ZIP64_EXTRA = 1;
    private static final long IN_EXTRA = 0xFFFFFFFFL;
    private static final String FIELD = "ZIP directory";

    private final InputFile zip;
    private final long offset;
    private final ByteBuffer directory;

    private ZipDirectory(InputFile zip, long offset, ByteBuffer directory) {
        this.zip = zip;
        this.offset = offset;
        this.directory = directory;
    }

    /**
     * Lists the members in directory order.
     *
     * @return the members by name
     * @throws FormatException if it is not the directory of a ZIP archive, or lists a name twice
     */
    public static Map<String, ZipMember> read(InputFile zip) throws IOException {
        ZipDirectoryEnd end = ZipDirectoryEnd.find(zip);
        if (end.bytes() > MAX_BYTES) {
            throw zip.origin().defect(FIELD, "at most " + MAX_BYTES + " bytes", end.bytes() + " bytes", end.offset());
        }
        ByteBuffer bytes = zip.read(FIELD, end.offset(), (int) end.bytes());
        return new ZipDirectory(zip, end.offset(), bytes).members(end.members());
    }

    private Map<String, ZipMember> members(long count) throws FormatException {
        Map<String, ZipMember> members = new LinkedHashMap<>();
        while (directory.hasRemaining()) {
            long at = position();
            ZipMember member = next();
            if (members.put(member.name(), member) != null) {
                throw zip.origin().defect(FIELD, "each name once", member.name() + " again", at);
            }
        }
        if (members.size() != count) {
            throw zip.origin().defect(FIELD, count + " members", members.size() + " members", offset);
        }
        return members;
    }

    private ZipMember next() throws FormatException {
        long at = position();
        ByteBuffer fixed = take(FIXED_BYTES);
        if (fixed.getInt(0) != SIGNATURE) {
            throw zip.origin().defect(FIELD, "a member", "something else", at);
        }
        int flags = Short.toUnsignedInt(fixed.getShort(8));
        ByteBuffer name = take(Short.toUnsignedInt(fixed.getShort(28)));
        ByteBuffer extra = take(Short.toUnsignedInt(fixed.getShort(30)));
        take(Short.toUnsignedInt(fixed.getShort(32)));
        long bytes = Integer.toUnsignedLong(fixed.getInt(24));
        long packedBytes = Integer.toUnsignedLong(fixed.getInt(20));
        long header = Integer.toUnsignedLong(fixed.getInt(42));
        if (bytes == IN_EXTRA || packedBytes == IN_EXTRA || header == IN_EXTRA) {
            ByteBuffer large = zip64(extra, at);
            try {
                bytes = bytes == IN_EXTRA ? large.getLong() : bytes;
                packedBytes = packedBytes == IN_EXTRA ? large.getLong() : packedBytes;
                header = header == IN_EXTRA ? large.getLong() : header;
            } catch (BufferUnderflowException e) {
                throw zip.origin().defect(FIELD, "sizes in the ZIP64 field", "fewer bytes", at);
            }
        }
        long crc = Integer.toUnsignedLong(fixed.getInt(16));
        int method = Short.toUnsignedInt(fixed.getShort(10));
        if (bytes < 0 || packedBytes < 0 || packedBytes > offset || header < 0 || header > offset - packedBytes) {
            throw zip.origin()
                    .defect(
                            FIELD,
                            "a member within the first " + offset + " bytes",
                            packedBytes + " bytes from byte " + header + " on",
                            at);
        }
        return new ZipMember(zip, decode(name, flags, at), flags, method, crc, packedBytes, bytes, header);
    }

    private ByteBuffer zip64(ByteBuffer extra, long at) throws FormatException {
        while (extra.remaining() >= 4) {
            int id = Short.toUnsignedInt(extra.getShort());
            int length = Short.toUnsignedInt(extra.getShort());
            if (length > extra.remaining()) {
                break;
            }
            if (id == ZIP64_EXTRA) {
                return extra.slice(extra.position(), length).order(extra.order());
            }
            extra.position(extra.position() + length);
        }
        throw zip.origin().defect(FIELD, "a ZIP64 field", "none", at);
    }

    private String decode(ByteBuffer name, int flags, long at) throws FormatException {
        Charset charset = (flags & UTF_8_NAME) != 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(name)
                    .toString();
        } catch (CharacterCodingException e) {
            throw zip.origin().defect(FIELD, "a name in UTF-8", "other bytes", at + FIXED_BYTES);
        }
    }

    private ByteBuffer take(int length) throws FormatException {
        if (length > directory.remaining()) {
            throw zip.origin().truncated(FIELD, length, directory.remaining(), position());
        }
        ByteBuffer piece = directory.slice(directory.position(), length).order(directory.order());
        directory.position(directory.position() + length);
        return piece;
    }

    private long position() {
        return offset + directory.position();
    }
}
