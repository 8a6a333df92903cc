package io.github.collapse4j.hunt;

import java.util.List;

/** Runs chunks of a hunt's descents somewhere. */
@FunctionalInterface
public interface ChunkRunner {
    /** All cores of this machine. */
    ChunkRunner PARALLEL = (plan, chunks, sink) -> {
        Descents descents = new Descents(plan);
        chunks.parallelStream().forEach(chunk -> sink.accept(chunk, descents.outcomes(chunk)));
    };

    /** Runs every chunk and hands its {@link Descents#outcomes} on as soon as they are there; returns after the last one. */
    void run(HuntPlan plan, List<Integer> chunks, ChunkSink sink);

    /** Takes finished chunks; may be called by several threads at once. */
    @FunctionalInterface
    interface ChunkSink {
        void accept(int chunk, double[] outcomes);
    }
}
