package io.github.collapse4j.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.fixtures.Samples;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionAccumulatorTest extends AccumulatorContract<DecisionAccumulator> {
    private static DecisionRules rules(Samples samples) {
        return DecisionRules.of(moments(samples), Optional.of(classifier(samples)));
    }

    private static ClassMoments moments(Samples samples) {
        MomentsAccumulator moments =
                new MomentsAccumulator(samples.classes(), samples.features().rows(), false);
        moments.update(samples.batch(0, samples.count()));
        return moments.snapshot();
    }

    private static LinearClassifier classifier(Samples samples) {
        Seeded seeded = Seeded.of(77);
        return new LinearClassifier(
                Matrices.gaussian(samples.classes(), samples.features().rows(), seeded),
                seeded.gaussian(samples.classes(), 1));
    }

    @Override
    protected AccumulatorKind<DecisionAccumulator> kind(Samples samples) {
        return DecisionAccumulator.kind(rules(samples));
    }

    @Override
    protected double[] numbers(DecisionAccumulator accumulator) {
        Decisions found = accumulator.snapshot();
        return Numbers.join(
                found.totals(),
                found.linear().orElseThrow(),
                found.linearWithoutBias().orElseThrow(),
                found.nearestMean().orElseThrow(),
                found.agreement().orElseThrow(),
                found.agreementWithoutBias().orElseThrow(),
                found.confusion().orElseThrow());
    }

    @Override
    protected long stateSize(Samples samples) {
        long classes = samples.classes();
        return 28 + 8 * (6 * classes + classes * classes);
    }

    static Stream<Seeded> manySeeds() {
        return Seeded.range(100, 40);
    }

    /** Also where single precision cannot decide: large offsets and nearly equal scores. */
    @ParameterizedTest
    @MethodSource("manySeeds")
    void decidesAsDoublePrecisionDoes(Seeded seeded) {
        int classes = seeded.between(1, 40);
        int d = seeded.between(1, 70);
        int[] counts = new int[classes];
        int most = seeded.random().nextBoolean() ? 12 : 100; // with and without balls around the means
        for (int k = 0; k < classes; k++) {
            counts[k] = seeded.between(k == 0 ? 1 : 0, most);
        }
        double offset = seeded.random().nextBoolean() ? 0 : seeded.logUniform(1, 1e4);
        Samples samples = Samples.random(seeded, d, counts, offset, seeded.logUniform(1e-7, 3));
        Matrix weights = Matrices.gaussian(classes, d, seeded);
        double nearness = seeded.random().nextBoolean() ? 1 : 1e-8;
        for (int k = 1; k < classes; k++) {
            for (int i = 0; i < d; i++) {
                weights.set(k, i, weights.get(0, i) + nearness * weights.get(k, i));
            }
        }
        LinearClassifier classifier = new LinearClassifier(weights, seeded.gaussian(classes, nearness));
        ClassMoments moments = moments(samples);
        DecisionAccumulator found = new DecisionAccumulator(DecisionRules.of(moments, Optional.of(classifier)));
        samples.batches(seeded, 30).forEach(found::update);
        assertArrayEquals(naive(samples, moments, classifier), numbers(found), seeded.toString());
    }

    /** With this many classes, the samples of a batch are scored in parts. */
    @Test
    void decidesAmongThousandsOfClasses() {
        Seeded seeded = Seeded.of(31);
        int[] counts = new int[3000];
        Arrays.setAll(counts, k -> k % 2 == 0 ? 1 : 0);
        Samples samples = Samples.random(seeded, 4, counts, 0, 1);
        ClassMoments moments = moments(samples);
        LinearClassifier classifier = classifier(samples);
        DecisionAccumulator found = new DecisionAccumulator(DecisionRules.of(moments, Optional.of(classifier)));
        found.update(samples.batch(0, samples.count()));
        Decisions decisions = found.snapshot();
        assertTrue(decisions.confusion().isEmpty());
        assertArrayEquals(
                Arrays.copyOf(naive(samples, moments, classifier), 6 * counts.length),
                Numbers.join(
                        decisions.totals(),
                        decisions.linear().orElseThrow(),
                        decisions.linearWithoutBias().orElseThrow(),
                        decisions.nearestMean().orElseThrow(),
                        decisions.agreement().orElseThrow(),
                        decisions.agreementWithoutBias().orElseThrow()));
    }

    private static double[] naive(Samples samples, ClassMoments moments, LinearClassifier classifier) {
        int classes = samples.classes();
        double[][] tallies = new double[6][classes];
        double[] confusion = new double[classes * classes];
        for (int j = 0; j < samples.count(); j++) {
            double[] h = samples.features().column(j);
            int label = samples.labels()[j];
            int linear = 0;
            int noBias = 0;
            int nearest = -1;
            double[] best = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
            for (int k = 0; k < classes; k++) {
                double product = 0;
                double distance = 0;
                for (int i = 0; i < h.length; i++) {
                    product += classifier.weights().get(k, i) * h[i];
                    double difference = h[i] - moments.means().get(i, k);
                    distance += difference * difference;
                }
                if (product + classifier.bias()[k] > best[0]) {
                    best[0] = product + classifier.bias()[k];
                    linear = k;
                }
                if (product > best[1]) {
                    best[1] = product;
                    noBias = k;
                }
                if (moments.counts()[k] > 0 && distance < best[2]) {
                    best[2] = distance;
                    nearest = k;
                }
            }
            tallies[0][label]++;
            tallies[1][label] += linear == label ? 1 : 0;
            tallies[2][label] += noBias == label ? 1 : 0;
            tallies[3][label] += nearest == label ? 1 : 0;
            tallies[4][label] += linear == nearest ? 1 : 0;
            tallies[5][label] += noBias == nearest ? 1 : 0;
            confusion[label * classes + nearest]++;
        }
        return Numbers.join(Numbers.join(tallies), confusion);
    }

    @Test
    void ofEqualScoresTheFirstWins() {
        Matrix means = Matrix.ofRows(new double[] {-1, 1, 1, -1});
        DecisionAccumulator found = new DecisionAccumulator(DecisionRules.of(
                ClassMoments.ofMeans(means),
                Optional.of(LinearClassifier.withoutBias(
                        Matrix.ofRows(new double[] {0}, new double[] {2}, new double[] {2}, new double[] {2})))));
        SampleBatch batch = new SampleBatch(1, 2);
        batch.features()[0] = 3;
        batch.features()[1] = 0;
        batch.filled(0, 2);
        found.update(batch);
        double[] confusion = found.snapshot().confusion().orElseThrow();
        assertEquals(1, confusion[1], "3 is as near to class 1 as to class 2");
        assertEquals(1, confusion[0], "0 is as near to all");
        assertEquals(2, Arrays.stream(confusion).sum());
        assertEquals(1, found.snapshot().linear().orElseThrow()[0], "all logits of 0 are 0, of 3 class 1 wins");
    }

    @Test
    void withoutMeansThereIsNoAgreement() {
        Samples samples = samples(Seeded.of(5));
        DecisionAccumulator found = new DecisionAccumulator(DecisionRules.linear(classifier(samples)));
        found.update(samples.batch(0, samples.count()));
        Decisions decisions = found.snapshot();
        assertTrue(decisions.accuracyLinear().isPresent());
        assertTrue(decisions.accuracyNearestMean().isEmpty());
        assertTrue(decisions.agreementWithBias().isEmpty()
                && decisions.agreementNoBias().isEmpty());
        assertTrue(decisions.confusion().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> found.merge(empty(samples)));
    }

    @Test
    void withoutSamplesThereIsNoShare() {
        Samples samples = samples(Seeded.of(5));
        assertTrue(empty(samples).snapshot().accuracyLinear().isEmpty());
    }
}
