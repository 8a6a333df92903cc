package io.github.collapse4j.stats;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.fixtures.Samples;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MomentsWithScatterTest extends AccumulatorContract<MomentsAccumulator> {
    @Override
    protected AccumulatorKind<MomentsAccumulator> kind(Samples samples) {
        return MomentsAccumulator.kind(samples.classes(), samples.features().rows(), true);
    }

    @Override
    protected double[] numbers(MomentsAccumulator accumulator) {
        WithinScatter within = accumulator.snapshot().within().orElseThrow();
        return Numbers.join(within.squares(), within.pooled().data());
    }

    @Override
    protected long stateSize(Samples samples) {
        long d = samples.features().rows();
        return 21 + 8 * (samples.classes() * (3 * d + 4) + d * d);
    }

    /** The first sample of a class may lie anywhere; the reference must move away from it. */
    @ParameterizedTest
    @MethodSource("seeds")
    void anOutlierAtTheBeginningCostsNoDigits(Seeded seeded) {
        int d = 3;
        Samples samples = Samples.random(seeded, d, new int[] {400, 300}, 1e4, 1e-3);
        SampleBatch outlier = samples.batch(0, 1);
        for (int i = 0; i < d; i++) {
            outlier.features()[i] += 1;
        }
        MomentsAccumulator accumulator = empty(samples);
        accumulator.update(outlier);
        for (SampleBatch batch : samples.batches(seeded, 10)) {
            accumulator.update(batch);
        }
        WithinScatter found = accumulator.snapshot().within().orElseThrow();

        MomentsAccumulator means = new MomentsAccumulator(2, d, false);
        means.update(outlier);
        means.update(samples.batch(0, samples.count()));
        DeviationAccumulator twoPass =
                new DeviationAccumulator(WithinFrame.whole(means.snapshot().means()));
        twoPass.update(outlier);
        twoPass.update(samples.batch(0, samples.count()));
        WithinScatter expected = ((Deviations.Whole) twoPass.snapshot()).scatter();

        // Features near 1e4 determine deviations of 1e-3 to 1e-9 of them in double precision.
        Matrix pooled = expected.pooled();
        Close.assertClose(pooled.data(), found.pooled().data(), 1e-9, 0, seeded + " scatter");
        Close.assertClose(expected.squares(), found.squares(), 1e-9, 0, seeded + " squares");
    }
}
