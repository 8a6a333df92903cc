package io.github.collapse4j.stats;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.fixtures.Samples;

class MomentsAccumulatorTest extends AccumulatorContract<MomentsAccumulator> {
    @Override
    MomentsAccumulator empty(Samples samples) {
        return new MomentsAccumulator(samples.classes(), samples.features().rows(), false);
    }

    @Override
    void update(MomentsAccumulator accumulator, SampleBatch batch) {
        accumulator.update(batch);
    }

    @Override
    void merge(MomentsAccumulator accumulator, MomentsAccumulator other) {
        accumulator.merge(other);
    }

    @Override
    double[] numbers(MomentsAccumulator accumulator) {
        ClassMoments moments = accumulator.snapshot();
        return Numbers.join(
                Numbers.of(moments.counts()), moments.weights(), moments.means().data());
    }

    @Override
    double[] numbersOfWeights(MomentsAccumulator accumulator) {
        ClassMoments moments = accumulator.snapshot();
        return Numbers.join(moments.weights(), moments.means().data());
    }

    @Override
    byte[] bytes(MomentsAccumulator accumulator) {
        return accumulator.toBytes();
    }

    @Override
    MomentsAccumulator read(Samples samples, byte[] bytes) {
        return MomentsAccumulator.fromBytes(bytes);
    }

    @Override
    long stateSize(Samples samples) {
        long d = samples.features().rows();
        return 21 + 8L * samples.classes() * (2 * d + 2);
    }
}
