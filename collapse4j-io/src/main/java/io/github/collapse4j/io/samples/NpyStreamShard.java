package io.github.collapse4j.io.samples;

import io.github.collapse4j.io.LabelArray;
import io.github.collapse4j.io.array.ArrayHeader;
import io.github.collapse4j.io.array.ElementDecoder;
import io.github.collapse4j.io.array.FormatException;
import io.github.collapse4j.io.array.Origin;
import io.github.collapse4j.io.file.Spool;
import io.github.collapse4j.io.npy.NpyFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Features in NumPy's format from a stream, which is read once, up to the end of the array. Only the pieces being
 * decoded are in memory.
 */
final class NpyStreamShard implements SampleShard {
    private static final int MAX_BYTES = 1 << 26;
    private static final int READ_CHUNK = 1 << 18;

    private final InputStream in;
    private final Origin origin;
    private final ArrayHeader header;
    private final long rows;
    private final int dimension;
    private final ShardLabels labels;
    private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();
    private final @Nullable Spool spool;
    private long spooledRows;
    private boolean opened;

    /**
     * Reads the header.
     *
     * @param in positioned at the magic string
     * @param labels one per row
     */
    NpyStreamShard(InputStream in, String name, @Nullable LabelArray labels, @Nullable Spool spool) throws IOException {
        this.in = in;
        this.spool = spool;
        this.origin = new Origin(name);
        this.header = NpyFile.header(in, name);
        List<Long> shape = header.shape();
        if (shape.isEmpty() || shape.size() > 2) {
            throw origin.defect("shape", "N×d", header.shapeText(), header.typeOffset());
        }
        this.rows = shape.get(0);
        this.dimension = FeatureCheck.dimension(name, shape.size() == 2 ? shape.get(1) : 1);
        if (header.fortranOrder() && dimension > 1) {
            throw origin.defect(
                    "fortran_order",
                    "False, as a stream is read row by row (save np.ascontiguousarray(h))",
                    "True",
                    header.typeOffset());
        }
        if (labels != null) {
            labels.checkLength(rows, dimension, name);
        }
        this.labels = new ShardLabels(labels, 0, rows);
    }

    @Override
    public String name() {
        return origin.name();
    }

    @Override
    public String labelPlace() {
        return labels.name();
    }

    @Override
    public int featureDimension() {
        return dimension;
    }

    @Override
    public OptionalLong samples() {
        return OptionalLong.of(rows);
    }

    @Override
    public boolean isSinglePrecision() {
        return header.dtype().isSinglePrecision();
    }

    @Override
    public boolean isRereadable() {
        return spool != null;
    }

    @Override
    public OptionalLong largestLabel() throws IOException {
        return labels.largest();
    }

    @Override
    public ShardCursor open() {
        if (opened && spool == null) {
            throw new IllegalStateException(name() + " can be read only once");
        }
        opened = true;
        return new Cursor();
    }

    private final class Cursor implements ShardCursor {
        private long next;

        @Override
        public Optional<Piece> take(int most) throws IOException {
            int rowBytes = dimension * header.dtype().itemBytes();
            int count = (int) Math.min(Math.min(most, Math.max(1, MAX_BYTES / rowBytes)), rows - next);
            if (count == 0) {
                return Optional.empty();
            }
            byte[] bytes = buffer(count * rowBytes);
            if (spool == null) {
                readFully(bytes, count * rowBytes);
            } else if (next < spooledRows) {
                count = (int) Math.min(count, spooledRows - next);
                spool.read(next * rowBytes, bytes, count * rowBytes);
            } else {
                readFully(bytes, count * rowBytes);
                spool.append(bytes, count * rowBytes);
                spooledRows += count;
            }
            Rows piece = new Rows(next, count, bytes);
            next += count;
            return Optional.of(piece);
        }

        private byte[] buffer(int length) {
            byte[] bytes = spare.poll();
            return bytes != null && bytes.length >= length ? bytes : new byte[length];
        }

        private void readFully(byte[] bytes, int length) throws IOException {
            for (int done = 0; done < length; ) {
                int read = in.read(bytes, done, Math.min(READ_CHUNK, length - done));
                if (read < 0) {
                    long before = next * dimension * header.dtype().itemBytes();
                    throw cutShort(before + done);
                }
                done += read;
            }
        }

        private FormatException cutShort(long found) {
            String expected = header.dataBytes() + " bytes for " + header.shapeText() + " of "
                    + header.dtype().descr();
            return origin.defect("data", expected, found + " bytes", header.dataOffset() + found);
        }

        @Override
        public void close() {
            // the stream belongs to the caller
        }
    }

    private final class Rows implements Piece {
        private final long first;
        private final int count;
        private final byte[] bytes;

        private Rows(long first, int count, byte[] bytes) {
            this.first = first;
            this.count = count;
            this.bytes = bytes;
        }

        @Override
        public int count() {
            return count;
        }

        @Override
        public void read(double[] target, long[] labelTarget) throws IOException {
            labels.read(first, count, labelTarget);
            ByteBuffer source = ByteBuffer.wrap(bytes).order(header.dtype().byteOrder());
            ElementDecoder.of(header.dtype()).toDoubles(source, count * dimension, target, 0);
            spare.add(bytes);
        }

        @Override
        public String featurePosition(int index, int feature) {
            return name() + ": row " + (first + index) + ", column " + feature;
        }

        @Override
        public String labelPosition(int index) {
            return labels.position(first + index);
        }
    }
}
