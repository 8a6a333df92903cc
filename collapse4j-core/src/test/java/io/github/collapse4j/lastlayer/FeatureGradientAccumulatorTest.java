package io.github.collapse4j.lastlayer;

import io.github.collapse4j.fixtures.Samples;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.stats.AccumulatorContract;
import io.github.collapse4j.stats.AccumulatorKind;

class FeatureGradientAccumulatorTest extends AccumulatorContract<FeatureGradientAccumulator> {
    @Override
    protected AccumulatorKind<FeatureGradientAccumulator> kind(Samples samples) {
        return FeatureGradientAccumulator.kind(LayerAccumulatorTest.layer(samples), 0.25, FeatureDomain.FREE);
    }

    @Override
    protected double[] numbers(FeatureGradientAccumulator accumulator) {
        return new double[] {accumulator.snapshot()};
    }

    @Override
    protected long stateSize(Samples samples) {
        return 28 + 16;
    }
}
