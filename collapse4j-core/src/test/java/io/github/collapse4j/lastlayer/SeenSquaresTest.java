package io.github.collapse4j.lastlayer;

import io.github.collapse4j.fixtures.Samples;
import io.github.collapse4j.stats.AccumulatorContract;
import io.github.collapse4j.stats.AccumulatorKind;

/** Sums of a layer together with the squares of what its head sees. */
class SeenSquaresTest extends AccumulatorContract<LayerAccumulator> {
    @Override
    protected AccumulatorKind<LayerAccumulator> kind(Samples samples) {
        LayerLoss layer = LayerAccumulatorTest.layer(samples);
        LogitProjection seen = LogitProjection.ofCentredLogits(layer.classifier());
        return LayerAccumulator.kind(layer, seen.fromLogits());
    }

    @Override
    protected double[] numbers(LayerAccumulator accumulator) {
        return accumulator.snapshot().seenSquares().stream().toArray();
    }

    @Override
    protected long stateSize(Samples samples) {
        long classes = samples.classes();
        int seen = classes > 1 ? 1 : 0; // a head of one class sees nothing
        return 28 + 16 * (6 + seen + 2 * classes + classes * samples.features().rows() + classes * classes);
    }
}
