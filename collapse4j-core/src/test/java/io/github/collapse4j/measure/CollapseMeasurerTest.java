package io.github.collapse4j.measure;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.data.FeatureSamples;
import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.fixtures.Samples;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.metrics.CosineSpread;
import io.github.collapse4j.metrics.KernelMoments;
import io.github.collapse4j.stats.ClassMoments;
import io.github.collapse4j.stats.Decisions;
import io.github.collapse4j.stats.LinearClassifier;
import io.github.collapse4j.stats.MomentsAccumulator;
import io.github.collapse4j.testkit.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CollapseMeasurerTest {
    /** Threads and file boundaries change results by rounding only. */
    private static final double SPLIT = 1e-12;

    private static CollapseMeasurement measure(SampleSource source, Optional<LinearClassifier> classifier) {
        return new CollapseMeasurer(MeasureOptions.defaults(), MeasureListener.SILENT)
                .measure(source, classifier, Optional.empty());
    }

    private static LinearClassifier classifier(int classes, int d, Seeded seeded) {
        return new LinearClassifier(Matrices.gaussian(classes, d, seeded), seeded.gaussian(classes, 1));
    }

    /** Samples in pieces of given sizes, as from several files; batches end where a piece ends. */
    private record Pieces(Samples all, int[] ends, boolean isRereadable, AtomicInteger opened) implements SampleSource {
        @Override
        public int featureDimension() {
            return all.features().rows();
        }

        @Override
        public int classes() {
            return all.classes();
        }

        @Override
        public OptionalLong samples() {
            return OptionalLong.empty();
        }

        @Override
        public SampleReader open() {
            if (opened.getAndIncrement() > 0 && !isRereadable) {
                throw new IllegalStateException("read twice");
            }
            return new SampleReader() {
                private int position;
                private long number;

                @Override
                public synchronized boolean next(SampleBatch batch) {
                    int start = position;
                    int end = all.count();
                    for (int e : ends) {
                        end = e > start ? Math.min(end, e) : end;
                    }
                    int count = Math.min(batch.capacity(), end - start);
                    int d = featureDimension();
                    System.arraycopy(all.features().data(), start * d, batch.features(), 0, count * d);
                    System.arraycopy(all.labels(), start, batch.labels(), 0, count);
                    position += count;
                    batch.filled(number++, count);
                    return count > 0;
                }

                @Override
                public void close() {}
            };
        }
    }

    private static Pieces pieces(Samples samples, boolean rereadable, int... ends) {
        return new Pieces(samples, ends, rereadable, new AtomicInteger());
    }

    private static double[] numbers(CollapseMeasurement found) {
        List<Double> numbers = new ArrayList<>();
        Stream.of(
                        found.variability().trace(),
                        found.variability().quotient(),
                        found.means().etfDistance(),
                        found.means().normVariation())
                .forEach(x -> numbers.add(x.orElseThrow()));
        CosineSpread cosines = found.pairs().cosines().orElseThrow();
        numbers.addAll(List.of(
                cosines.mean().value(),
                cosines.standardDeviation(),
                cosines.meanDeviation().value(),
                found.pairs().cdnv().orElseThrow().value()));
        for (KernelMoments kernel : List.of(
                found.pairs().logKernel().orElseThrow(),
                found.pairs().rieszKernel().orElseThrow())) {
            numbers.addAll(List.of(kernel.mean(), kernel.variance()));
        }
        found.classifier()
                .ifPresent(c -> Stream.of(
                                c.etfDistance(),
                                c.normVariation(),
                                c.selfDuality(),
                                c.dualityDistance(),
                                c.uniformDuality(),
                                c.biasRelation())
                        .forEach(x -> numbers.add(x.orElseThrow())));
        found.decisions().ifPresent(decisions -> {
            numbers.add(decisions.agreementWithBias().orElseThrow());
            numbers.add(decisions.agreementNoBias().orElseThrow());
            numbers.add(decisions.accuracyLinear().orElseThrow());
            numbers.add(decisions.accuracyNearestMean().orElseThrow());
        });
        return numbers.stream().mapToDouble(x -> x).toArray();
    }

    private static void assertSame(CollapseMeasurement expected, CollapseMeasurement found, String what) {
        double[] wanted = numbers(expected);
        double[] got = numbers(found);
        assertEquals(wanted.length, got.length);
        for (int i = 0; i < wanted.length; i++) {
            assertClose(wanted[i], got[i], SPLIT, what + ", number " + i);
        }
    }

    static Stream<Seeded> seeds() {
        return Seeded.range(1, 6);
    }

    private static Samples samples(Seeded seeded, int d) {
        int[] counts = new int[seeded.between(3, 7)];
        for (int k = 0; k < counts.length; k++) {
            counts[k] = (int) seeded.logUniform(2, 4000);
        }
        return Samples.random(seeded, d, counts, 10, 0.1);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neitherThreadsNorFilesMatter(Seeded seeded) {
        int d = seeded.between(6, 60);
        Samples samples = samples(seeded, d);
        Optional<LinearClassifier> classifier = Optional.of(classifier(samples.classes(), d, seeded));
        for (boolean decisions : new boolean[] {true, false}) {
            MeasureOptions options = MeasureOptions.defaults().withDecisions(decisions);
            CollapseMeasurement whole = new CollapseMeasurer(options.withThreads(1), MeasureListener.SILENT)
                    .measure(samples.source(), classifier, Optional.empty());
            int n = samples.count();
            for (int threads = 1; threads <= 5; threads += 2) {
                CollapseMeasurer measurer = new CollapseMeasurer(options.withThreads(threads), MeasureListener.SILENT);
                assertSame(
                        whole,
                        measurer.measure(samples.source(), classifier, Optional.empty()),
                        seeded + " with " + threads + " threads");
                Pieces pieces = pieces(samples, true, 1, 2, n / 3, n / 2, n - 1);
                assertSame(
                        whole,
                        measurer.measure(pieces, classifier, Optional.empty()),
                        seeded + " in pieces with " + threads + " threads");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSameBatchesGiveTheSameBits(Seeded seeded) {
        Samples samples = samples(seeded, 60);
        Optional<LinearClassifier> classifier = Optional.of(classifier(samples.classes(), 60, seeded));
        Set<String> variabilities = new HashSet<>();
        for (int threads = 1; threads <= 5; threads++) {
            CollapseMeasurer measurer =
                    new CollapseMeasurer(MeasureOptions.defaults().withThreads(threads), MeasureListener.SILENT);
            CollapseMeasurement found = measurer.measure(samples.source(), classifier, Optional.empty());
            variabilities.add(found.variability() + Arrays.toString(found.variances()));
        }
        assertEquals(1, variabilities.size(), variabilities.toString());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void onePassAgreesWithTwo(Seeded seeded) {
        int d = seeded.between(6, 30);
        Samples samples = samples(seeded, d);
        Optional<LinearClassifier> classifier = Optional.of(classifier(samples.classes(), d, seeded));
        CollapseMeasurement once = measure(pieces(samples, false), classifier);
        CollapseMeasurement twice = measure(samples.source(), classifier);
        assertEquals(1, once.provenance().passes().passes());
        assertTrue(once.provenance().passes().reason().contains("once"));
        assertEquals(2, twice.provenance().passes().passes());
        Decisions decisions = once.decisions().orElseThrow();
        assertEquals(twice.decisions().orElseThrow().accuracyLinear(), decisions.accuracyLinear(), "needs no means");
        assertTrue(decisions.agreementWithBias().isEmpty(), "needs means");
        assertClose(
                twice.variability().trace().orElseThrow(),
                once.variability().trace().orElseThrow(),
                1e-12,
                seeded.toString());
        assertClose(twice.variances(), once.variances(), 1e-12, 0, seeded.toString());
    }

    /** Moments that were summed elsewhere, sent and merged give the same result as the measurer's own single pass. */
    @ParameterizedTest
    @MethodSource("seeds")
    void momentsOfAnotherPass(Seeded seeded) {
        int d = seeded.between(6, 30);
        Samples samples = samples(seeded, d);
        Optional<LinearClassifier> classifier = Optional.of(classifier(samples.classes(), d, seeded));
        Optional<double[]> ood = Optional.of(seeded.gaussian(d, 1));
        MeasureOptions options = MeasureOptions.defaults().withDecisions(false);
        CollapseMeasurer measurer = new CollapseMeasurer(options, MeasureListener.SILENT);
        MomentsAccumulator sums = new MomentsAccumulator(samples.classes(), d, true);
        MomentsAccumulator others = new MomentsAccumulator(samples.classes(), d, true);
        int cut = seeded.between(0, samples.count());
        sums.update(samples.batch(0, cut));
        others.update(samples.batch(cut, samples.count()));
        sums.merge(MomentsAccumulator.fromBytes(others.toBytes()));

        CollapseMeasurement found = measurer.measure(sums.snapshot(), classifier, ood);

        CollapseMeasurement expected = measurer.measure(pieces(samples, false), classifier, ood);
        assertEquals(1, found.provenance().passes().passes());
        assertTrue(found.decisions().isEmpty(), "samples are needed to decide them");
        assertSame(expected, found, seeded.toString());
        assertClose(
                expected.oodOrthogonality().orElseThrow(),
                found.oodOrthogonality().orElseThrow(),
                SPLIT,
                seeded.toString());
    }

    @Test
    void momentsWithoutScatterOrSamplesAreRejected() {
        CollapseMeasurer measurer = new CollapseMeasurer(MeasureOptions.defaults(), MeasureListener.SILENT);
        MomentsAccumulator means = new MomentsAccumulator(2, 3, false);
        assertEquals(
                "features: expected at least one sample, found none",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> measurer.measure(means.snapshot(), Optional.empty(), Optional.empty()))
                        .getMessage());
        assertEquals(
                "moments: expected the scatter within classes, found none",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> measurer.measure(
                                        ClassMoments.ofMeans(Matrix.zeros(3, 2)), Optional.empty(), Optional.empty()))
                        .getMessage());
        assertEquals(
                "weights: expected 2×3, found 2×4",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> measurer.measure(
                                        ClassMoments.ofMeans(Matrix.zeros(3, 2)),
                                        Optional.of(LinearClassifier.withoutBias(Matrix.zeros(2, 4))),
                                        Optional.empty()))
                        .getMessage());
    }

    @Test
    void passesAreChosenByCost() {
        Samples narrow = samples(Seeded.of(1), 30);
        Samples wide = samples(Seeded.of(1), 300);
        MeasureOptions options = MeasureOptions.defaults().withDecisions(false);
        assertEquals(
                1,
                PassPlan.of(new ThreadedPasses(narrow.source(), 1, MeasureListener.SILENT), false)
                        .passes());
        assertEquals(
                2,
                PassPlan.of(new ThreadedPasses(wide.source(), 1, MeasureListener.SILENT), false)
                        .passes());
        assertEquals(
                2,
                PassPlan.of(new ThreadedPasses(narrow.source(), 1, MeasureListener.SILENT), true)
                        .passes());
        assertEquals(
                1,
                PassPlan.of(new ThreadedPasses(pieces(wide, false), 1, MeasureListener.SILENT), true)
                        .passes());
        CollapseMeasurement found = new CollapseMeasurer(options, MeasureListener.SILENT)
                .measure(narrow.source(), Optional.empty(), Optional.empty());
        assertTrue(found.decisions().isEmpty() && found.classifier().isEmpty());
    }

    @Test
    void outOfDistributionFeatures() {
        Matrix features = Matrix.ofRows(new double[] {3, 3, 0, 0}, new double[] {0, 0, 4, 4});
        Matrix ood = Matrix.ofRows(new double[] {1, 3}, new double[] {1, 3});
        CollapseMeasurer measurer = new CollapseMeasurer(MeasureOptions.defaults(), MeasureListener.SILENT);
        double[] mean = measurer.mean(new FeatureSamples(ood, new int[2], 1));
        assertArrayEquals(new double[] {2, 2}, mean);
        CollapseMeasurement found = measurer.measure(
                new FeatureSamples(features, new int[] {0, 0, 1, 1}, 2), Optional.empty(), Optional.of(mean));
        assertClose(Math.sqrt(0.5), found.oodOrthogonality().orElseThrow(), 1e-15, "NC5");
    }

    @Test
    void decidesOnOtherSamples() {
        Seeded seeded = Seeded.of(9);
        Samples train = Samples.random(seeded, 4, new int[] {50, 60, 70}, 0, 0.01);
        CollapseMeasurement found = measure(train.source(), Optional.empty());
        CollapseMeasurer measurer = new CollapseMeasurer(MeasureOptions.defaults(), MeasureListener.SILENT);
        Decisions same = measurer.decide(train.source(), found.moments(), Optional.empty());
        assertEquals(OptionalDouble.of(1), same.accuracyNearestMean());
        Matrix swapped = Matrix.wrap(4, 1, found.moments().means().column(1));
        Decisions other =
                measurer.decide(new FeatureSamples(swapped, new int[] {2}, 3), found.moments(), Optional.empty());
        assertEquals(OptionalDouble.of(0), other.accuracyNearestMean());
        assertEquals(1, other.confusion().orElseThrow()[2 * 3 + 1]);
    }

    @Test
    void reportsProgress() {
        Samples samples = samples(Seeded.of(2), 50);
        List<String> calls = new ArrayList<>();
        new CollapseMeasurer(
                        MeasureOptions.defaults(),
                        (pass, passes, done, total) -> calls.add(pass + "/" + passes + " " + done + "/" + total))
                .measure(samples.source(), Optional.empty(), Optional.empty());
        String all = samples.count() + "/OptionalLong[" + samples.count() + "]";
        assertTrue(calls.contains("1/2 " + all) && calls.get(calls.size() - 1).equals("2/2 " + all), calls.toString());
    }

    @Test
    void badInputIsRejectedInOneLine() {
        Samples samples = samples(Seeded.of(2), 6);
        samples.features().set(3, 11, Double.NaN);
        refused(() -> measure(samples.source(), Optional.empty()), "feature 3: expected a finite number, found NaN");
        Samples fine = samples(Seeded.of(2), 6);
        refused(
                () -> measure(fine.source(), Optional.of(classifier(fine.classes(), 7, Seeded.of(1)))),
                "weights: expected " + fine.classes() + "×6, found " + fine.classes() + "×7");
        refused(
                () -> measure(new FeatureSamples(Matrix.zeros(4, 0), new int[0], 3), Optional.empty()),
                "at least one sample");
        refused(
                () -> new CollapseMeasurer(MeasureOptions.defaults(), MeasureListener.SILENT)
                        .measure(fine.source(), Optional.empty(), Optional.of(new double[5])),
                "expected dimension 6, found 5");
        refused(() -> new FeatureSamples(Matrix.zeros(2, 3), new int[] {0, 1, 2}, 2), "labels[2]: expected 0 to 1");
        refused(
                () -> new FeatureSamples(Matrix.zeros(2, 3), new int[2], 2),
                "expected 3, one for each sample, found 2");
        refused(() -> MeasureOptions.defaults().withThreads(0), "threads");
    }

    private static void refused(Runnable action, String message) {
        String found = assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(
                String.valueOf(found).contains(message)
                        && String.valueOf(found).lines().count() == 1,
                found);
    }
}
