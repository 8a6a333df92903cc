package io.github.collapse4j.measure;

import static io.github.collapse4j.testkit.Close.assertAtLeast;
import static io.github.collapse4j.testkit.Close.assertAtMost;
import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.data.FeatureSamples;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.fixtures.Samples;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.metrics.CentredMeans.GlobalMean;
import io.github.collapse4j.stats.Decisions;
import io.github.collapse4j.stats.LinearClassifier;
import io.github.collapse4j.testkit.Seeded;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Degenerate input and common pitfalls of measurements. */
class SpecialCasesTest {
    private static CollapseMeasurement measure(SampleSource source, Optional<LinearClassifier> classifier) {
        return new CollapseMeasurer(MeasureOptions.defaults(), MeasureListener.SILENT)
                .measure(source, classifier, Optional.empty());
    }

    private static LinearClassifier classifier(int classes, int d, Seeded seeded) {
        return new LinearClassifier(Matrices.gaussian(classes, d, seeded), seeded.gaussian(classes, 1));
    }

    @Test
    void aMissingClassIsIgnored() {
        Seeded seeded = Seeded.of(4);
        Samples samples = Samples.random(seeded, 8, new int[] {30, 0, 20, 1, 40, 0}, 3, 0.2);
        LinearClassifier all = classifier(6, 8, seeded);
        CollapseMeasurement found = measure(samples.source(), Optional.of(all));
        assertArrayEquals(new int[] {1, 5}, found.provenance().missing());
        assertArrayEquals(new int[] {3}, found.provenance().singletons());
        assertEquals(0, found.variances()[3]);
        assertEquals(3, found.provenance().betweenRank());

        int[] renumbered = {0, -1, 1, 2, 3, -1};
        int[] labels = new int[samples.count()];
        for (int j = 0; j < labels.length; j++) {
            labels[j] = renumbered[samples.labels()[j]];
        }
        Samples without = new Samples(samples.features(), labels, 4);
        Matrix rows = Matrix.zeros(4, 8);
        for (int i = 0; i < 8; i++) {
            for (int k = 0; k < 6; k++) {
                if (renumbered[k] >= 0) {
                    rows.set(renumbered[k], i, all.weights().get(k, i));
                }
            }
        }
        CollapseMeasurement expected = measure(without.source(), Optional.of(LinearClassifier.withoutBias(rows)));
        assertEquals(expected.variability(), found.variability());
        assertEquals(expected.means(), found.means());
        assertEquals(expected.pairs(), found.pairs());
        assertEquals(
                expected.classifier().orElseThrow().selfDuality(),
                found.classifier().orElseThrow().selfDuality());
        assertEquals(
                expected.decisions().orElseThrow().accuracyNearestMean(),
                found.decisions().orElseThrow().accuracyNearestMean());
    }

    /** μ_G is the mean of the class means by default; the two definitions differ for unequal counts. */
    @Test
    void imbalanceMovesTheGlobalMeanOnlyOnRequest() {
        Samples samples = Samples.random(Seeded.of(8), 5, new int[] {1000, 10, 100}, 0, 0.1);
        CollapseMeasurement byClass = measure(samples.source(), Optional.empty());
        CollapseMeasurement bySample = new CollapseMeasurer(
                        MeasureOptions.defaults().withGlobalMean(GlobalMean.OF_SAMPLES), MeasureListener.SILENT)
                .measure(samples.source(), Optional.empty(), Optional.empty());
        double[] classMean = new double[5];
        double[] sampleMean = new double[5];
        for (int i = 0; i < 5; i++) {
            for (int k = 0; k < 3; k++) {
                classMean[i] += byClass.moments().means().get(i, k) / 3;
            }
            for (int j = 0; j < samples.count(); j++) {
                sampleMean[i] += samples.features().get(i, j) / samples.count();
            }
        }
        assertClose(classMean, byClass.centred().globalMean(), 1e-13, 0, "mean of class means");
        assertClose(sampleMean, bySample.centred().globalMean(), 1e-13, 0, "mean of samples");
        assertAtLeast(
                0.05,
                Math.abs(byClass.means().etfDistance().orElseThrow()
                        - bySample.means().etfDistance().orElseThrow()),
                "they matter");
        assertEquals(GlobalMean.OF_SAMPLES, bySample.provenance().globalMean());
    }

    /** A classifier that is right only because of its bias agrees with the nearest mean only with the bias. */
    @Test
    void theBiasDecides() {
        Matrix features = Matrix.ofRows(new double[] {10, 10.1, 12, 12.1}, new double[] {0, 0, 0, 0});
        LinearClassifier classifier =
                new LinearClassifier(Matrix.ofRows(new double[] {0, 0}, new double[] {1, 0}), new double[] {0, -11});
        Decisions found = measure(new FeatureSamples(features, new int[] {0, 0, 1, 1}, 2), Optional.of(classifier))
                .decisions()
                .orElseThrow();
        assertEquals(OptionalDouble.of(1), found.agreementWithBias());
        assertEquals(OptionalDouble.of(1), found.accuracyLinear());
        assertEquals(OptionalDouble.of(0.5), found.agreementNoBias());
    }

    /** Simplex ETF with every sample at its mean: all of NC1–NC3 vanish. */
    @Test
    void perfectCollapse() {
        int classes = 5;
        Matrix simplex = Matrix.zeros(classes, classes);
        for (int k = 0; k < classes; k++) {
            for (int i = 0; i < classes; i++) {
                simplex.set(i, k, (i == k ? 1 : 0) - 1.0 / classes);
            }
        }
        Matrix features = Matrix.zeros(classes, 4 * classes);
        int[] labels = new int[4 * classes];
        for (int j = 0; j < labels.length; j++) {
            labels[j] = j % classes;
            System.arraycopy(simplex.data(), labels[j] * classes, features.data(), j * classes, classes);
        }
        CollapseMeasurement found = measure(
                new FeatureSamples(features, labels, classes), Optional.of(LinearClassifier.withoutBias(simplex)));
        assertAtMost(1e-30, found.variability().trace().orElseThrow(), "NC1");
        assertAtMost(1e-30, found.pairs().cdnv().orElseThrow().value(), "CDNV");
        assertAtMost(1e-14, found.means().etfDistance().orElseThrow(), "NC2");
        assertAtMost(1e-14, found.means().normVariation().orElseThrow(), "norms");
        assertAtMost(
                1e-14, found.pairs().cosines().orElseThrow().meanDeviation().value(), "angles");
        assertAtMost(1e-28, found.pairs().logKernel().orElseThrow().variance(), "log kernel");
        assertAtMost(1e-28, found.pairs().rieszKernel().orElseThrow().variance(), "Riesz kernel");
        assertAtMost(1e-14, found.classifier().orElseThrow().selfDuality().orElseThrow(), "NC3");
        assertAtMost(1e-28, found.classifier().orElseThrow().dualityDistance().orElseThrow(), "NC3 of Papyan");
        assertEquals(OptionalDouble.of(1), found.decisions().orElseThrow().agreementWithBias());
    }

    @Test
    void aSingleClassHasNoGeometry() {
        Samples samples = Samples.random(Seeded.of(2), 3, new int[] {9}, 1, 0.1);
        CollapseMeasurement found = measure(samples.source(), Optional.of(classifier(1, 3, Seeded.of(2))));
        assertTrue(found.variability().trace().isEmpty()
                && found.variability().quotient().isEmpty());
        assertTrue(found.means().etfDistance().isEmpty()
                && found.means().normVariation().isEmpty());
        assertTrue(found.pairs().cosines().isEmpty() && found.pairs().cdnv().isEmpty());
        assertTrue(found.classifier().orElseThrow().selfDuality().isEmpty());
        assertEquals(OptionalDouble.of(1), found.decisions().orElseThrow().agreementWithBias());
        assertAtLeast(1e-4, found.variances()[0], "variance");
    }

    @Test
    void equalMeansLeaveNoDirection() {
        Matrix features = Matrix.ofRows(new double[] {1, 3, 1, 3, 0, 4}, new double[] {2, 2, 2, 2, 2, 2});
        CollapseMeasurement found =
                measure(new FeatureSamples(features, new int[] {0, 0, 1, 1, 2, 2}, 3), Optional.empty());
        assertEquals(0, found.provenance().betweenRank());
        assertEquals(2, found.provenance().expectedRank());
        assertTrue(found.variability().trace().isEmpty()
                && found.variability().quotient().isEmpty());
        assertTrue(found.pairs().cdnv().isEmpty() && found.pairs().logKernel().isEmpty());
        assertTrue(found.means().etfDistance().isEmpty());
    }

    /**
     * Two of four classes coincide: K − 1 = 3 is expected, the rank is 2, and round-off must not count as the third.
     */
    @Test
    void dependentMeansReduceTheRank() {
        Seeded seeded = Seeded.of(12);
        int d = 6;
        Matrix means = Matrices.gaussian(d, 4, seeded);
        System.arraycopy(means.data(), 0, means.data(), d, d);
        Matrix features = Matrix.zeros(d, 40);
        int[] labels = new int[40];
        for (int j = 0; j < 40; j++) {
            labels[j] = j / 2 % 4;
            for (int i = 0; i < d; i++) {
                double deviation = (j % 2 == 0 ? 1 : -1) * 0.1 * ((i + j / 8) % 3);
                features.set(i, j, means.get(i, labels[j]) + deviation);
            }
        }
        CollapseMeasurement found = measure(new FeatureSamples(features, labels, 4), Optional.empty());
        assertEquals(2, found.provenance().betweenRank());
        assertEquals(3, found.provenance().expectedRank());
        assertAtMost(1, found.variability().trace().orElseThrow(), "round-off would give 1e25");
        assertTrue(found.pairs().cdnv().isEmpty(), "a distance is 0");
    }

    @Test
    void moreClassesThanDimensions() {
        Seeded seeded = Seeded.of(3);
        Samples line = Samples.random(seeded, 1, new int[] {5, 6, 7, 8}, 0, 0.1);
        CollapseMeasurement found = measure(line.source(), Optional.of(classifier(4, 1, seeded)));
        assertEquals(1, found.provenance().betweenRank());
        assertEquals(1, found.provenance().expectedRank());
        // In one dimension the pseudo-inverse is a division: tr(Σ_W Σ_B†)/K = quotient/K.
        assertClose(
                found.variability().quotient().orElseThrow() / 4,
                found.variability().trace().orElseThrow(),
                1e-12,
                "NC1");
    }

    @Test
    void twoClassesAreAlwaysASimplex() {
        Samples samples = Samples.random(Seeded.of(6), 4, new int[] {50, 20}, 1, 0.3);
        CollapseMeasurement found = measure(samples.source(), Optional.empty());
        assertAtMost(1e-14, found.means().etfDistance().orElseThrow(), "NC2");
        assertClose(-1, found.pairs().cosines().orElseThrow().mean().value(), 1e-14, "cosine");
    }
}
