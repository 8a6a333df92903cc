package io.github.collapse4j.stats;

import io.github.collapse4j.fixtures.Samples;

class MomentsAccumulatorTest extends AccumulatorContract<MomentsAccumulator> {
    @Override
    protected AccumulatorKind<MomentsAccumulator> kind(Samples samples) {
        return MomentsAccumulator.kind(samples.classes(), samples.features().rows(), false);
    }

    @Override
    protected double[] numbers(MomentsAccumulator accumulator) {
        ClassMoments moments = accumulator.snapshot();
        return Numbers.join(
                Numbers.of(moments.counts()), moments.weights(), moments.means().data());
    }

    @Override
    protected double[] numbersOfWeights(MomentsAccumulator accumulator) {
        ClassMoments moments = accumulator.snapshot();
        return Numbers.join(moments.weights(), moments.means().data());
    }

    @Override
    protected long stateSize(Samples samples) {
        long d = samples.features().rows();
        return 21 + 8L * samples.classes() * (2 * d + 2);
    }
}
