package io.github.collapse4j.io.npy;

import io.github.collapse4j.io.array.ArrayBytes;
import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.InputFile;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.Origin;
import io.github.collapse4j.io.npy.ZipDirectory.Member;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** Reads the array in one member of a ZIP archive. */
final class ZipMemberReader {
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int CHECKSUM_WINDOW = 1 << 16;

    private final InputFile zip;
    private final Member member;
    private final Origin origin;

    ZipMemberReader(InputFile zip, Member member) {
        this.zip = zip;
        this.member = member;
        this.origin = zip.origin().entry(member.name());
    }

    /** Reads the header only; the checksum, which covers the whole member, is not verified. */
    ArrayHeader header() throws IOException {
        try (InputStream in = unpacked(dataOffset())) {
            return header(in);
        }
    }

    /**
     * Reads the array: stored members stay in the file, deflated ones are loaded. Either way every byte is read once to
     * verify the checksum.
     */
    NumericArray array(long limit) throws IOException {
        long offset = dataOffset();
        return member.method() == Member.STORED ? inPlace(offset) : loaded(offset, limit);
    }

    private NumericArray inPlace(long offset) throws IOException {
        ArrayHeader header = header(unpacked(offset));
        CRC32 crc = new CRC32();
        InputStream stored = zip.stream(offset, member.bytes());
        byte[] some = new byte[CHECKSUM_WINDOW];
        for (int count = stored.read(some); count >= 0; count = stored.read(some)) {
            crc.update(some, 0, count);
        }
        checkChecksum(crc);
        ArrayBytes bytes = ArrayBytes.inPlace(zip, offset + header.dataOffset(), header.dataBytes());
        return new NumericArray(origin, header, bytes, 0);
    }

    private NumericArray loaded(long offset, long limit) throws IOException {
        CRC32 crc = new CRC32();
        try (InputStream in = new CheckedInputStream(unpacked(offset), crc)) {
            ArrayHeader header = header(in);
            ArrayBytes bytes = ArrayBytes.load(in, header, limit, origin);
            if (in.read() >= 0) {
                throw origin.defect("deflated data", member.bytes() + " bytes", "more", member.bytes());
            }
            checkChecksum(crc);
            return new NumericArray(origin, header, bytes, 0);
        }
    }

    /** Reads the header and checks that the array fills the member exactly. */
    private ArrayHeader header(InputStream in) throws IOException {
        ArrayHeader header = new HeaderReader(origin).read(in);
        long available = member.bytes() - header.dataOffset();
        if (available < header.dataBytes()) {
            throw NumericArray.shorter(origin, header, available);
        }
        if (available > header.dataBytes()) {
            long end = header.dataOffset() + header.dataBytes();
            throw origin.defect("data", "nothing after the array", available - header.dataBytes() + " bytes", end);
        }
        return header;
    }

    private InputStream unpacked(long offset) throws IOException {
        InputStream packed = zip.stream(offset, member.packedBytes());
        return member.method() == Member.STORED ? packed : new Inflated(packed, origin);
    }

    /** {@return the offset of the member's bytes in the archive, after checking its local header} */
    private long dataOffset() throws IOException {
        String field = "ZIP member";
        long at = member.offset();
        if (member.isEncrypted()) {
            throw zip.origin().defect(field, "one without encryption", member.name() + ", which is encrypted", at);
        }
        if (member.method() != Member.STORED && member.method() != Member.DEFLATED) {
            String found = member.name() + " packed with method " + member.method();
            throw zip.origin().defect(field, "one stored (method 0) or deflated (method 8)", found, at);
        }
        ByteBuffer local = zip.read(field, at, LOCAL_BYTES);
        if (local.getInt(0) != LOCAL_SIGNATURE) {
            throw zip.origin().defect(field, "its local header", "something else", at);
        }
        int nameLength = Short.toUnsignedInt(local.getShort(26));
        long offset = at + LOCAL_BYTES + nameLength + Short.toUnsignedInt(local.getShort(28));
        if (offset > zip.size() - member.packedBytes()) {
            throw zip.origin().truncated(field, member.packedBytes(), Math.max(0, zip.size() - offset), offset);
        }
        if (member.method() == Member.STORED && member.packedBytes() != member.bytes()) {
            throw zip.origin().defect(field, member.bytes() + " stored bytes", member.packedBytes() + " bytes", at);
        }
        return offset;
    }

    private void checkChecksum(CRC32 crc) throws FormatException {
        if (crc.getValue() != member.crc()) {
            throw origin.defect("checksum", "CRC-32 %08x".formatted(member.crc()), "%08x".formatted(crc.getValue()), 0);
        }
    }

    /** The unpacked bytes of a deflated member; defects are reported as {@link FormatException}. */
    private static final class Inflated extends FilterInputStream {
        private static final int BUFFER_BYTES = 1 << 16;

        private final Inflater inflater;
        private final Origin origin;

        /**
         * Starts unpacking.
         *
         * @param packed the member's bytes after its local header
         */
        private Inflated(InputStream packed, Origin origin) {
            this(packed, new Inflater(true), origin);
        }

        private Inflated(InputStream packed, Inflater inflater, Origin origin) {
            super(new InflaterInputStream(packed, inflater, BUFFER_BYTES));
            this.inflater = inflater;
            this.origin = origin;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return super.read(target, offset, length);
            } catch (ZipException | EOFException e) {
                String found = e.getMessage() == null ? "damaged data" : e.getMessage();
                FormatException defect =
                        origin.defect("deflated data", "a complete stream", found, inflater.getBytesWritten());
                defect.initCause(e);
                throw defect;
            }
        }

        @Override
        public void close() throws IOException {
            super.close();
            inflater.end();
        }
    }
}
