package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.NativeThreads;
import io.github.collapse4j.model.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Several {@link LayerAccumulator}s that take batches in turn and run in parallel. Their number depends only on shapes,
 * so the sums do not depend on the number of threads. Not thread-safe.
 */
final class LayerLanes {
    private static final int MAX_LANES = 4;

    /** Maximum number of entries of K×d for which several lanes have affordable sums. */
    private static final long MAX_ENTRIES = 4_000_000;

    private final List<LayerAccumulator> lanes;
    private final List<Batch> waiting = new ArrayList<>();

    private record Batch(Matrix features, int[] labels) {}

    private LayerLanes(List<LayerAccumulator> lanes) {
        this.lanes = lanes;
    }

    /** Empty accumulators for a layer whose samples arrive in batches of a given size. */
    static LayerLanes of(LastLayer layer, Loss loss, int batchSize) {
        int batches = (layer.labels().length + batchSize - 1) / batchSize;
        long entries = (long) layer.classes() * layer.classifier().columns();
        int count = entries > MAX_ENTRIES ? 1 : Math.min(MAX_LANES, batches);
        return new LayerLanes(Stream.generate(() -> new LayerAccumulator(loss, layer.classifier(), layer.bias()))
                .limit(count)
                .toList());
    }

    /** Adds a batch, which must not be modified afterwards. */
    void add(Matrix features, int[] labels) {
        waiting.add(new Batch(features, labels));
        if (waiting.size() == lanes.size()) {
            drain();
        }
    }

    /** The results; nothing may be added afterwards. */
    LastLayerPass finish() {
        drain();
        LayerAccumulator sum = lanes.get(0);
        lanes.subList(1, lanes.size()).forEach(sum::merge);
        return sum.finish();
    }

    private void drain() {
        if (waiting.size() == 1) {
            add(0);
        } else {
            NativeThreads single = NativeThreads.onePerCall();
            try {
                IntStream.range(0, waiting.size()).parallel().forEach(this::add);
            } finally {
                single.close();
            }
        }
        waiting.clear();
    }

    private void add(int lane) {
        Batch batch = waiting.get(lane);
        lanes.get(lane).add(batch.features(), batch.labels());
    }
}
