package io.github.collapse4j.io.samples;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** A place in a {@link SampleShard}, moving towards its end. For one thread at a time. */
public interface ShardCursor extends Closeable {
    /**
     * Takes the next samples, as many as {@code most} unless a file or row group ends, or one piece would take up too
     * much memory: how many depends on nothing but the file and {@code most}.
     *
     * @return the piece, which stays valid when the cursor moves on or is closed; empty at the end
     */
    Optional<Piece> take(int most) throws IOException;
}
