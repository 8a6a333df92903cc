package io.github.collapse4j.io.tensorboard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A file of scalars over steps that TensorBoard reads while it grows: TFRecord framing of {@code Event} messages
 * (tensorflow/core/util/event.proto, tensorflow/core/lib/io/record_writer.h). A folder is a run; each session that
 * continues a training adds a file to it and tells TensorBoard from which step on earlier files no longer count.
 *
 * <p>Not thread-safe.
 */
public final class EventFile {
    /** Contained in the names of all event files. */
    private static final String MARK = "tfevents";

    private static final String VERSION = "brain.Event:2";
    /** Added to a rotated checksum, so that checksums of data that contain checksums stay sound. */
    private static final int MASK_DELTA = 0xa282ead8;

    private final Path file;
    private final Clock clock;

    private EventFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * Creates the next file of a run.
     *
     * @param folder created if it does not exist
     * @param firstStep the first step that will be added; what earlier files say of it and later ones is superseded
     */
    public static EventFile create(Path folder, long firstStep, Clock clock) throws IOException {
        Files.createDirectories(folder);
        long seconds = clock.millis() / 1000;
        Path file;
        do {
            file = folder.resolve("events.out.%s.%010d.collapse4j".formatted(MARK, seconds++));
        } while (Files.exists(file));
        EventFile created = new EventFile(file, clock);
        Files.createFile(file);
        created.append(created.event().text(3, VERSION));
        ProtoMessage start = new ProtoMessage().varint(1, 1);
        created.append(created.event().varint(2, firstStep).message(7, start));
        return created;
    }

    /** True if the folder has an event file of any session. */
    public static boolean isIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().contains(MARK));
        }
    }

    /**
     * Appends the scalars of a step; those that are not finite are left out. TensorBoard keeps single precision.
     *
     * @param scalars values by tag, such as {@code collapse/nc1}
     */
    public void add(long step, Map<String, Double> scalars) throws IOException {
        ProtoMessage summary = new ProtoMessage();
        scalars.forEach((tag, value) -> {
            if (Double.isFinite(value)) {
                summary.message(1, new ProtoMessage().text(1, tag).fixed32(2, value.floatValue()));
            }
        });
        append(event().varint(2, step).message(5, summary));
    }

    private ProtoMessage event() {
        return new ProtoMessage().fixed64(1, clock.millis() / 1000.0);
    }

    /** Length, checksum of the length, data, checksum of the data. */
    private void append(ProtoMessage event) throws IOException {
        byte[] data = event.toBytes();
        byte[] length =
                ProtoMessage.littleEndian(Long.BYTES).putLong(data.length).array();
        ByteBuffer record = ProtoMessage.littleEndian(Long.BYTES + 2 * Integer.BYTES + data.length)
                .put(length)
                .putInt(maskedChecksum(length))
                .put(data)
                .putInt(maskedChecksum(data))
                .flip();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
            while (record.hasRemaining()) {
                channel.write(record);
            }
        }
    }

    private static int maskedChecksum(byte[] data) {
        CRC32C checksum = new CRC32C();
        checksum.update(data);
        int crc = (int) checksum.getValue();
        return Integer.rotateRight(crc, 15) + MASK_DELTA;
    }
}
