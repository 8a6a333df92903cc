package io.github.collapse4j.stats;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.fixtures.Samples;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeviationAccumulatorTest extends AccumulatorContract<DeviationAccumulator> {
    WithinFrame frame(Samples samples) {
        int d = samples.features().rows();
        Matrix directions = Matrix.zeros(d, (d + 1) / 2);
        for (int i = 0; i < directions.columns(); i++) {
            directions.set(d - 1 - i, i, 1);
        }
        return WithinFrame.along(means(samples), directions);
    }

    static Matrix means(Samples samples) {
        MomentsAccumulator moments =
                new MomentsAccumulator(samples.classes(), samples.features().rows(), false);
        moments.update(samples.batch(0, samples.count()));
        return moments.snapshot().means();
    }

    @Override
    protected AccumulatorKind<DeviationAccumulator> kind(Samples samples) {
        return DeviationAccumulator.kind(frame(samples));
    }

    @Override
    protected double[] numbers(DeviationAccumulator accumulator) {
        Deviations deviations = accumulator.snapshot();
        return deviations instanceof Deviations.Along along
                ? Numbers.join(along.squares(), along.alongSquares())
                : Numbers.join(
                        deviations.squares(),
                        ((Deviations.Whole) deviations).scatter().pooled().data());
    }

    @Override
    protected long stateSize(Samples samples) {
        long d = samples.features().rows();
        return 28 + 16L * (samples.classes() + (d + 1) / 2);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithTheDefinition(Seeded seeded) {
        Samples samples = samples(seeded);
        int d = samples.features().rows();
        Matrix means = means(samples);
        double[] squares = new double[samples.classes()];
        double[] along = new double[(d + 1) / 2];
        for (int j = 0; j < samples.count(); j++) {
            int label = samples.labels()[j];
            for (int i = 0; i < d; i++) {
                double deviation = samples.features().get(i, j) - means.get(i, label);
                squares[label] += deviation * deviation;
                if (d - 1 - i < along.length) {
                    along[d - 1 - i] += deviation * deviation;
                }
            }
        }
        DeviationAccumulator found = empty(samples);
        samples.batches(seeded, 11).forEach(found::update);
        Close.assertClose(Numbers.join(squares, along), numbers(found), 1e-13, 0, seeded.toString());
    }

    @Test
    void otherMeansDoNotMix() {
        Samples samples = samples(Seeded.of(5));
        Samples others = samples(Seeded.of(6));
        DeviationAccumulator one = empty(samples);
        DeviationAccumulator other = new DeviationAccumulator(WithinFrame.whole(means(samples)));
        assertThrows(IllegalArgumentException.class, () -> one.merge(other));
        assertThrows(IllegalArgumentException.class, () -> one.merge(empty(others)));
        assertThrows(StateFormatException.class, () -> read(samples, other.toBytes()));
    }
}
