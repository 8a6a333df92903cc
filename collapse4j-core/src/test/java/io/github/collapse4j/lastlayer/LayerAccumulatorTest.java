package io.github.collapse4j.lastlayer;

import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.fixtures.Samples;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.stats.AccumulatorContract;
import io.github.collapse4j.stats.AccumulatorKind;
import io.github.collapse4j.testkit.Seeded;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

class LayerAccumulatorTest extends AccumulatorContract<LayerAccumulator> {
    static LayerLoss layer(Samples samples) {
        Seeded seeded = Seeded.of(77);
        return new LayerLoss(
                new CrossEntropy(),
                Matrices.gaussian(samples.classes(), samples.features().rows(), seeded),
                seeded.gaussian(samples.classes(), 1));
    }

    @Override
    protected AccumulatorKind<LayerAccumulator> kind(Samples samples) {
        return LayerAccumulator.kind(layer(samples));
    }

    @Override
    protected double[] numbers(LayerAccumulator accumulator) {
        LayerSums sums = accumulator.snapshot();
        return Stream.of(
                        new double[] {
                            sums.weight(),
                            sums.loss(),
                            sums.correct(),
                            sums.featureSquares(),
                            sums.backSquares(),
                            sums.norm()
                        },
                        sums.rows(),
                        sums.product().data())
                .flatMapToDouble(DoubleStream::of)
                .toArray();
    }

    @Override
    protected long stateSize(Samples samples) {
        long classes = samples.classes();
        return 28 + 16 * (6 + 2 * classes + classes * samples.features().rows() + classes * classes);
    }
}
