package io.github.collapse4j.stats;

import io.github.collapse4j.fixtures.Samples;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws for the full scatter. */
class WholeDeviationsTest extends AccumulatorContract<DeviationAccumulator> {
    private static WithinFrame frame(Samples samples) {
        return WithinFrame.whole(DeviationAccumulatorTest.means(samples));
    }

    @Override
    protected AccumulatorKind<DeviationAccumulator> kind(Samples samples) {
        return DeviationAccumulator.kind(frame(samples));
    }

    @Override
    protected double[] numbers(DeviationAccumulator accumulator) {
        WithinScatter scatter = ((Deviations.Whole) accumulator.snapshot()).scatter();
        return Numbers.join(scatter.squares(), scatter.pooled().data());
    }

    @Override
    protected long stateSize(Samples samples) {
        long d = samples.features().rows();
        return 28 + 8 * (2L * samples.classes() + d * d);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithTheDefinition(Seeded seeded) {
        Samples samples = samples(seeded);
        int d = samples.features().rows();
        Matrix means = DeviationAccumulatorTest.means(samples);
        Matrix pooled = Matrix.zeros(d, d);
        for (int j = 0; j < samples.count(); j++) {
            int label = samples.labels()[j];
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    double product = (samples.features().get(a, j) - means.get(a, label))
                            * (samples.features().get(b, j) - means.get(b, label));
                    pooled.set(a, b, pooled.get(a, b) + product);
                }
            }
        }
        DeviationAccumulator found = empty(samples);
        samples.batches(seeded, 11).forEach(found::update);
        WithinScatter scatter = ((Deviations.Whole) found.snapshot()).scatter();
        Close.assertClose(pooled.data(), scatter.pooled().data(), 1e-13, 0, seeded.toString());
    }
}
