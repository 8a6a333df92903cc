package io.github.collapse4j.io.samples;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.LabelRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One pass over shards: one thread at a time takes a piece, and all of them decode pieces, but for formats such as Parquet
 * that decode what they take.
 */
final class ShardReader implements SampleReader {
    private final List<SampleShard> shards;
    private final int dimension;
    private final Optional<LabelRange> range;
    private int shard;
    private @Nullable ShardCursor cursor;
    private long taken;
    private boolean closed;

    /**
     * @param range valid labels; empty if labels are ignored, and all are 0
     */
    ShardReader(List<SampleShard> shards, int dimension, Optional<LabelRange> range) {
        this.shards = shards;
        this.dimension = dimension;
        this.range = range;
    }

    @Override
    public boolean next(SampleBatch batch) {
        if (batch.featureDimension() != dimension) {
            throw new IllegalArgumentException(
                    "A batch for features of dimension " + batch.featureDimension() + ", where they have " + dimension);
        }
        try {
            Optional<Piece> piece;
            long number;
            synchronized (this) {
                piece = take(batch.capacity());
                number = taken;
                if (piece.isPresent()) {
                    taken++;
                }
            }
            if (piece.isEmpty()) {
                batch.filled(number, 0);
                requireSamples(number);
                return false;
            }
            fill(batch, piece.get());
            batch.filled(number, piece.get().count());
            requireFinite(batch, piece.get());
            return true;
        } catch (IOException e) {
            batch.filled(0, 0);
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void requireSamples(long pieces) throws InputException {
        if (pieces == 0) {
            throw new InputException(shards.get(0).name() + ": expected at least one sample, found none");
        }
    }

    private Optional<Piece> take(int most) throws IOException {
        if (closed) {
            throw new IllegalStateException("The reader is closed");
        }
        while (shard < shards.size()) {
            if (cursor == null) {
                cursor = shards.get(shard).open();
            }
            Optional<Piece> piece = cursor.take(most);
            if (piece.isPresent()) {
                return piece;
            }
            cursor.close();
            cursor = null;
            shard++;
        }
        return Optional.empty();
    }

    private void fill(SampleBatch batch, Piece piece) throws IOException {
        int count = piece.count();
        long[] labels = new long[count];
        piece.read(batch.features(), labels);
        if (range.isPresent()) {
            range.get().check(labels, batch.labels(), piece::labelPosition);
        } else {
            Arrays.fill(batch.labels(), 0, count, 0);
        }
    }

    /** Checks finiteness once, for all users of the batch. */
    private void requireFinite(SampleBatch batch, Piece piece) throws InputException {
        int offender = batch.firstNonFinite();
        if (offender >= 0) {
            throw new InputException(piece.featurePosition(offender / dimension, offender % dimension)
                    + ": expected a finite number, found " + batch.features()[offender]);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        shard = shards.size();
        ShardCursor open = cursor;
        cursor = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        }
    }
}
