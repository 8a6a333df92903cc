package io.github.collapse4j.io.samples;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** A forward cursor over a {@link SampleShard}. Not thread-safe. */
public interface ShardCursor extends Closeable {
    /**
     * Takes the next samples: {@code most}, unless a file or row group ends or the piece would need too much memory.
     * The number depends only on the file and {@code most}.
     *
     * @return the piece, which stays valid when the cursor moves on or is closed; empty at the end
     */
    Optional<Piece> take(int most) throws IOException;
}
