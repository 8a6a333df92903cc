package io.github.collapse4j.io.hunt;

import io.github.collapse4j.hunt.Hunt;
import io.github.collapse4j.hunt.HuntJournal;
import io.github.collapse4j.hunt.HuntPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * A journal file: a header with the plan's digest, then one record per finished chunk, in order of completion. A record
 * is {@code int chunk, int count, double × count, int crc32}, big-endian. A last record left incomplete by a kill fails
 * its checksum and is truncated when the file is reopened.
 */
public final class HuntFile implements HuntJournal, AutoCloseable {
    private static final int VERSION = 2;
    private static final String KIND = "collapse4j hunt ";
    private static final byte[] MAGIC = (KIND + VERSION + "\n").getBytes(StandardCharsets.US_ASCII);

    private final FileChannel channel;
    private final Map<Integer, double[]> finished = new HashMap<>();

    private HuntFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens or creates a journal for a plan.
     *
     * @throws IOException if the file is not a journal of this version and plan
     */
    public static HuntFile open(Path path, HuntPlan plan) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            HuntFile file = new HuntFile(channel);
            file.readOrCreate(path, plan);
            return file;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void readOrCreate(Path path, HuntPlan plan) throws IOException {
        byte[] digest = plan.digest().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer header = ByteBuffer.allocate(MAGIC.length + digest.length)
                .put(MAGIC)
                .put(digest)
                .flip();
        ByteBuffer found = ByteBuffer.allocate((int) Math.min(channel.size(), header.limit()));
        readFully(found, 0);
        if (found.limit() < header.limit() && header.slice(0, found.limit()).equals(found)) {
            // New, or killed before even the header was complete.
            channel.truncate(0);
            writeFully(header);
            return;
        }
        String kind = new String(found.array(), 0, Math.min(MAGIC.length, found.limit()), StandardCharsets.ISO_8859_1);
        if (kind.matches(KIND + "\\d\n") && !kind.equals(KIND + VERSION + "\n")) {
            throw new IOException(path + ": version: expected " + VERSION + ", found " + kind.charAt(KIND.length())
                    + "; finish this hunt with the collapse4j that began it, or use another file");
        }
        if (!kind.equals(KIND + VERSION + "\n")) {
            throw new IOException(path + ": expected a journal of this program, found another kind of file");
        }
        if (!found.equals(header)) {
            throw new IOException(path + ": expected the journal of this plan (" + plan.digest()
                    + "), found that of another; use another file, or the options that it was made with");
        }
        long end = readRecords(header.limit(), plan);
        channel.truncate(end);
        channel.position(end);
    }

    /** Reads complete records; returns the position after the last valid one. */
    private long readRecords(long start, HuntPlan plan) throws IOException {
        long position = start;
        while (true) {
            ByteBuffer head = ByteBuffer.allocate(8);
            if (position + head.limit() > channel.size()) {
                return position;
            }
            readFully(head, position);
            int chunk = head.getInt();
            int count = head.getInt();
            long size = 8L + 8L * count + 4;
            if (chunk < 0
                    || (long) chunk * Hunt.CHUNK >= plan.items()
                    || count < 1
                    || count > Hunt.CHUNK
                    || position + size > channel.size()) {
                return position;
            }
            ByteBuffer record = ByteBuffer.allocate((int) size);
            readFully(record, position);
            if (record.getInt((int) size - 4) != checksum(record)) {
                return position;
            }
            double[] outcomes = new double[count];
            record.position(8).asDoubleBuffer().get(outcomes);
            finished.put(chunk, outcomes);
            position += size;
        }
    }

    @Override
    public synchronized double[] recorded(int chunk) {
        return finished.getOrDefault(chunk, new double[0]);
    }

    @Override
    public synchronized void record(int chunk, double[] outcomes) {
        ByteBuffer record = ByteBuffer.allocate(8 + 8 * outcomes.length + 4);
        record.putInt(chunk).putInt(outcomes.length);
        for (double outcome : outcomes) {
            record.putDouble(outcome);
        }
        record.putInt(checksum(record)).flip();
        try {
            writeFully(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        finished.put(chunk, outcomes);
    }

    /** The number of chunks that are finished. */
    public synchronized int size() {
        return finished.size();
    }

    private static int checksum(ByteBuffer record) {
        CRC32 crc = new CRC32();
        crc.update(record.duplicate().clear().limit(record.capacity() - 4));
        return (int) crc.getValue();
    }

    private void readFully(ByteBuffer buffer, long position) throws IOException {
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
            // keep reading
        }
        buffer.flip();
    }

    private void writeFully(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
