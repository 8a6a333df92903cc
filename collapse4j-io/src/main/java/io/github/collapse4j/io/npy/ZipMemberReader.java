package io.github.collapse4j.io.npy;

import io.github.collapse4j.io.array.ArrayBytes;
import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.NumericArray;
import io.github.collapse4j.io.array.Origin;
import io.github.collapse4j.io.zip.ZipMember;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** Reads the array in one member of a ZIP archive. */
final class ZipMemberReader {
    private static final int CHECKSUM_WINDOW = 1 << 16;

    private final ZipMember member;
    private final Origin origin;

    ZipMemberReader(ZipMember member) {
        this.member = member;
        this.origin = member.origin();
    }

    /** Reads the header only; the checksum, which covers the whole member, is not verified. */
    ArrayHeader header() throws IOException {
        try (InputStream in = member.stream()) {
            return header(in);
        }
    }

    /**
     * Reads the array: stored members stay in the file, deflated ones are loaded. Either way every byte is read once to
     * verify the checksum.
     */
    NumericArray array(long limit) throws IOException {
        return member.isStored() ? inPlace() : loaded(limit);
    }

    private NumericArray inPlace() throws IOException {
        ArrayHeader header = header(member.stream());
        CRC32 crc = new CRC32();
        InputStream stored = member.stream();
        byte[] some = new byte[CHECKSUM_WINDOW];
        for (int count = stored.read(some); count >= 0; count = stored.read(some)) {
            crc.update(some, 0, count);
        }
        member.check(crc);
        ArrayBytes bytes = ArrayBytes.inPlace(member.zip(), member.offset() + header.dataOffset(), header.dataBytes());
        return new NumericArray(origin, header, bytes, 0);
    }

    private NumericArray loaded(long limit) throws IOException {
        CRC32 crc = new CRC32();
        try (InputStream in = new CheckedInputStream(member.stream(), crc)) {
            ArrayHeader header = header(in);
            ArrayBytes bytes = ArrayBytes.load(in, header, limit, origin);
            if (in.read() >= 0) {
                throw origin.defect("deflated data", member.bytes() + " bytes", "more", member.bytes());
            }
            member.check(crc);
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
}
