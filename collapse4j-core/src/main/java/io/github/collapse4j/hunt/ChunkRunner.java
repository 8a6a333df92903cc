package io.github.collapse4j.hunt;

import java.util.List;

/** Runs the descents of a hunt, chunk by chunk. */
@FunctionalInterface
public interface ChunkRunner {
    /** Runs on all cores of this machine. */
    ChunkRunner PARALLEL = (plan, chunks, sink) -> {
        Descents descents = new Descents(plan);
        chunks.parallelStream().forEach(chunk -> sink.accept(chunk, descents.outcomes(chunk)));
    };

    /**
     * Runs every chunk and passes its {@link Descents#outcomes} on as soon as they are available; returns after the
     * last one.
     */
    void run(HuntPlan plan, List<Integer> chunks, ChunkSink sink);

    /** Receives finished chunks; may be called by several threads at once. */
    @FunctionalInterface
    interface ChunkSink {
        void accept(int chunk, double[] outcomes);
    }
}
