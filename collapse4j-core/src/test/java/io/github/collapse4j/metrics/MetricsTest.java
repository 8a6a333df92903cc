package io.github.collapse4j.metrics;

import static io.github.collapse4j.testkit.Close.assertAtLeast;
import static io.github.collapse4j.testkit.Close.assertAtMost;
import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.stats.Deviations;
import io.github.collapse4j.stats.WithinScatter;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each metric against its definition, written out with loops over all classes. */
class MetricsTest {
    /** More and fewer classes than dimensions, and more than one tile of the sweeps. */
    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of(2, 1),
                Arguments.of(2, 3),
                Arguments.of(3, 2),
                Arguments.of(5, 5),
                Arguments.of(6, 5),
                Arguments.of(7, 5),
                Arguments.of(40, 9),
                Arguments.of(64, 200),
                Arguments.of(257, 3),
                Arguments.of(300, 310));
    }

    private static double naiveEtfDistance(Matrix x, Matrix y) {
        int classes = x.rows();
        Matrix a = LinearAlgebra.multiply(x, y.transpose());
        double norm = a.norm();
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                double ideal = ((i == j ? 1 : 0) - 1.0 / classes) / Math.sqrt(classes - 1.0);
                sum += Math.pow(a.get(i, j) / norm - ideal, 2);
            }
        }
        return Math.sqrt(sum);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void etfDistance(int classes, int d) {
        Seeded seeded = Seeded.of(classes * 1000L + d);
        Matrix weights = Matrices.gaussian(classes, d, seeded);
        Matrix m = CentredMeans.of(Matrices.gaussian(d, classes, seeded)).centred();
        double rounding = 1e-12;
        assertClose(
                naiveEtfDistance(weights, weights),
                EtfDistance.ofWeights(weights).orElseThrow(),
                rounding,
                "weights");
        assertClose(
                naiveEtfDistance(m.transpose(), m.transpose()),
                EtfDistance.ofMeans(m).orElseThrow(),
                rounding,
                1e-14,
                "means");
        assertClose(
                naiveEtfDistance(weights, m.transpose()),
                EtfDistance.between(weights, m).orElseThrow(),
                rounding,
                1e-14,
                "weights and means");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void pairs(int classes, int d) {
        Seeded seeded = Seeded.of(classes * 1000L + d);
        CentredMeans means = CentredMeans.of(Matrices.gaussian(d, classes, seeded));
        double[] variances = seeded.gaussian(classes, 1);
        for (int k = 0; k < classes; k++) {
            variances[k] *= variances[k];
        }
        PairMetrics found = PairMetrics.of(means, variances, PairOptions.defaults());
        Naive naive = new Naive(means, variances);
        assertTrue(found.exact());
        assertEquals((long) classes * (classes - 1) / 2, found.pairs());
        CosineSpread cosines = found.cosines().orElseThrow();
        assertEquals(0, cosines.mean().standardError());
        assertClose(naive.mean(naive.cosines), cosines.mean().value(), 1e-11, 1e-14, "cosines");
        assertClose(
                naive.variance(naive.cosines),
                cosines.standardDeviation() * cosines.standardDeviation(),
                1e-11,
                1e-28,
                "their spread");
        assertClose(naive.mean(naive.angles), cosines.meanDeviation().value(), 1e-11, 1e-14, "angles");
        assertClose(naive.mean(naive.cdnv), found.cdnv().orElseThrow().value(), 1e-11, "CDNV");
        if (d == 1 && classes > 2) {
            return; // in one dimension directions coincide
        }
        KernelMoments log = found.logKernel().orElseThrow();
        assertClose(naive.mean(naive.log), log.mean(), 1e-11, "log kernel");
        assertClose(naive.variance(naive.log), log.variance(), 1e-9, 1e-28, "its variance");
        KernelMoments riesz = found.rieszKernel().orElseThrow();
        double unit = Math.exp(riesz.logScale());
        assertClose(naive.mean(naive.riesz), riesz.mean() * unit, 1e-10, "Riesz kernel");
        if (riesz.logScale() == 0) {
            double mean = riesz.mean();
            assertClose(naive.variance(naive.riesz), riesz.variance(), 1e-8, 1e-26 * mean * mean, "its variance");
        } else {
            assertAtLeast(Double.MIN_NORMAL, riesz.variance(), "a variance that would underflow");
        }
    }

    /** More classes than columns per tile. */
    @Test
    void manyClasses() {
        Matrix weights = Matrices.gaussian(1030, 1031, Seeded.of(1));
        assertClose(
                naiveEtfDistance(weights, weights),
                EtfDistance.ofWeights(weights).orElseThrow(),
                1e-12,
                "weights");
    }

    /** Definitions over pairs, computed naively. */
    private static final class Naive {
        private final double[] cosines;
        private final double[] angles;
        private final double[] log;
        private final double[] riesz;
        private final double[] cdnv;

        Naive(CentredMeans means, double[] variances) {
            int classes = means.count();
            int d = means.means().rows();
            int pairs = classes * (classes - 1) / 2;
            cosines = new double[pairs];
            angles = new double[pairs];
            log = new double[pairs];
            riesz = new double[pairs];
            cdnv = new double[pairs];
            int p = 0;
            for (int i = 0; i < classes; i++) {
                double[] a = means.centred().column(i);
                for (int j = i + 1; j < classes; j++, p++) {
                    double[] b = means.centred().column(j);
                    double normA = Vectors.norm(a);
                    double normB = Vectors.norm(b);
                    double distance = 0;
                    double direct = 0;
                    for (int r = 0; r < d; r++) {
                        double onSphere = a[r] / normA - b[r] / normB;
                        double difference =
                                means.means().get(r, i) - means.means().get(r, j);
                        distance += onSphere * onSphere;
                        direct += difference * difference;
                    }
                    cosines[p] = Vectors.dot(a, b) / normA / normB;
                    angles[p] = Math.abs(cosines[p] + 1 / (classes - 1.0));
                    log[p] = -Math.log(Math.sqrt(distance));
                    riesz[p] = Math.copySign(1, d - 2) * Math.pow(Math.sqrt(distance), 2 - d);
                    cdnv[p] = (variances[i] + variances[j]) / 2 / direct;
                }
            }
        }

        double mean(double[] values) {
            return Vectors.sum(values) / values.length;
        }

        double variance(double[] values) {
            double mean = mean(values);
            return Vectors.sum(Arrays.stream(values)
                            .map(v -> (v - mean) * (v - mean))
                            .toArray())
                    / values.length;
        }
    }

    /** A sample of pairs is marked as such, and its standard error is realistic. */
    @Test
    void estimatesKnowTheirError() {
        Seeded seeded = Seeded.of(21);
        int classes = 400;
        CentredMeans means = CentredMeans.of(Matrices.gaussian(5, classes, seeded));
        double[] variances = new double[classes];
        Arrays.fill(variances, 1);
        PairMetrics exact = PairMetrics.of(means, variances, PairOptions.defaults());
        int outside = 0;
        for (long seed = 0; seed < 100; seed++) {
            PairMetrics sampled = PairMetrics.of(means, variances, new PairOptions(0, 2000, seed));
            assertTrue(!sampled.exact() && sampled.pairs() == 2000);
            Estimate mean = sampled.cosines().orElseThrow().mean();
            assertAtLeast(1e-6, mean.standardError(), "standard error");
            double error = mean.value() - exact.cosines().orElseThrow().mean().value();
            outside += Math.abs(error) > 2 * mean.standardError() ? 1 : 0;
            KernelMoments log = sampled.logKernel().orElseThrow();
            assertAtMost(
                    6 * log.standardError(),
                    Math.abs(log.mean() - exact.logKernel().orElseThrow().mean()),
                    "log kernel");
            assertTrue(!log.exact() && !sampled.cdnv().orElseThrow().exact());
        }
        assertAtMost(15, outside, "of 100 estimates, outside two standard errors (4.6 expected)");
        PairMetrics again = PairMetrics.of(means, variances, new PairOptions(0, 2000, 7));
        assertEquals(again, PairMetrics.of(means, variances, new PairOptions(0, 2000, 7)), "the seed decides");
    }

    /** Distances of nearly equal means: computed from a Gram matrix they would have no correct digit. */
    @Test
    void nearMeansKeepTheirDistance() {
        Matrix means = Matrix.ofRows(new double[] {1000, 1000 + 1e-8, -2000}, new double[] {0, 1e-8, 5});
        CentredMeans centred = CentredMeans.of(means);
        double expected = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = i + 1; j < 3; j++) {
                double dx = means.get(0, i) - means.get(0, j);
                double dy = means.get(1, i) - means.get(1, j);
                expected += 1 / (dx * dx + dy * dy) / 3;
            }
        }
        double found = ClassDistanceVariance.of(centred, new double[] {1, 1, 1}, PairOptions.defaults())
                .orElseThrow()
                .value();
        // 1e-8 is known to 1e-5 next to 1000.
        assertClose(expected, found, 1e-4, "CDNV");
    }

    /** The pitfall: round-off makes the K-th eigenvalue of Σ_B positive, and a generic cut-off inverts it. */
    @Test
    void theKthEigenvalueIsRoundOff() {
        Seeded seeded = Seeded.of(31);
        int classes = 10;
        int d = 64;
        Matrix rounded = Matrices.gaussian(d, classes, seeded);
        for (int i = 0; i < rounded.data().length; i++) {
            rounded.data()[i] = (float) rounded.data()[i];
        }
        CentredMeans means = CentredMeans.of(rounded);
        Matrix singlePrecision = means.centred().copy();
        for (int i = 0; i < singlePrecision.data().length; i++) {
            singlePrecision.data()[i] = (float) singlePrecision.data()[i];
        }
        double[] eigenvalues = LinearAlgebra.symmetricEigenvalues(
                LinearAlgebra.gramOfRows(singlePrecision).scale(1.0 / classes));
        double kth = eigenvalues[d - classes];
        assertAtLeast(1e-17, kth / eigenvalues[d - 1], "the K-th eigenvalue as a peer sees it");

        BetweenScatter between = BetweenScatter.of(means);
        assertEquals(classes - 1, between.rank());
        Matrix scatter = Matrix.identity(d);
        Deviations isotropic = new Deviations.Whole(new WithinScatter(scatter, new double[classes]));
        double expected = 0;
        for (int i = 1; i < classes; i++) {
            expected += 1 / eigenvalues[d - i] / classes;
        }
        double found = TraceVariability.of(between, isotropic, 1, classes).orElseThrow();
        assertClose(expected, found, 1e-6, "NC1 of an isotropic scatter");
        assertAtLeast(1e6, 1 / kth / classes / found, "what the K-th eigenvalue would add");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void betweenScatter(int classes, int d) {
        Seeded seeded = Seeded.of(classes * 1000L + d);
        CentredMeans means = CentredMeans.of(Matrices.gaussian(d, classes, seeded));
        BetweenScatter found = BetweenScatter.of(means);
        assertEquals(Math.min(d, classes - 1), found.rank());
        assertEquals(found.expectedRank(), found.rank());
        Matrices.assertOrthonormalColumns(found.directions(), 1e-10, "directions");
        Matrix product = LinearAlgebra.multiply(
                LinearAlgebra.gramOfRows(means.centred()).scale(1.0 / classes), found.directions());
        Matrix scaled = found.directions().copy();
        for (int i = 0; i < found.rank(); i++) {
            for (int j = 0; j < d; j++) {
                scaled.set(j, i, scaled.get(j, i) * found.eigenvalues()[i]);
            }
        }
        Matrices.assertClose(product, scaled, 1e-11, 0, "Σ_B U = U Λ");
    }

    /** Ill-conditioned means are decomposed themselves, not squared. */
    @Test
    void smallDirectionsAreKept() {
        Matrix means = Matrix.ofRows(new double[] {1, -1, 0}, new double[] {1e-7, 1e-7, -2e-7}, new double[] {0, 0, 0});
        BetweenScatter found = BetweenScatter.of(CentredMeans.of(means));
        assertEquals(2, found.rank());
        assertClose(2.0 / 3, found.eigenvalues()[0], 1e-14, "large");
        assertClose(6e-14 / 3, found.eigenvalues()[1], 1e-7, "small");
    }

    @Test
    void norms() {
        assertClose(
                Math.sqrt(2.0 / 3) / 2,
                NormVariation.of(new double[] {1, 2, 3}).orElseThrow(),
                1e-15,
                "population deviation over mean");
        assertEquals(OptionalDouble.of(0), NormVariation.of(new double[] {4}));
        assertTrue(NormVariation.of(new double[0]).isEmpty());
        assertTrue(NormVariation.of(new double[2]).isEmpty());
    }

    @Test
    void duality() {
        Matrix weights = Matrix.ofRows(new double[] {3, 0}, new double[] {0, 4});
        Matrix means = Matrix.ofRows(new double[] {1, 0}, new double[] {0, 0});
        // W/5 against Mᵀ: (3/5 − 1)² + (4/5)² = 0.8.
        assertClose(0.8, DualityDistance.of(weights, means).orElseThrow(), 1e-15, "Papyan");
        // ⟨w, m⟩ = 3, 0: variance 9/4.
        assertClose(2.25, UniformDuality.of(weights, means).orElseThrow(), 1e-15, "UNC3");
        assertTrue(DualityDistance.of(Matrix.zeros(2, 2), means).isEmpty());
        assertTrue(EtfDistance.between(weights, Matrix.zeros(2, 2)).isEmpty());
        assertTrue(EtfDistance.ofWeights(Matrix.ofRows(new double[] {1, 2})).isEmpty());
    }

    @Test
    void outOfDistribution() {
        CentredMeans means = CentredMeans.of(Matrix.ofRows(new double[] {1, 0}, new double[] {0, 2}));
        assertClose(
                (0.6 + 0.8) / 2,
                OodOrthogonality.of(means, new double[] {-3, 4}).orElseThrow(),
                1e-15,
                "NC5");
        assertTrue(OodOrthogonality.of(means, new double[2]).isEmpty());
    }

    /**
     * Means with a huge common offset: their differences keep the digits that the means have beyond double precision.
     */
    @Test
    void offsetsCostNoDigits() {
        for (double offset : List.of(0.0, 1e4, 1e8)) {
            Matrix means = Matrix.ofRows(new double[] {offset, offset + 0.25, offset + 1});
            CentredMeans found = CentredMeans.of(means);
            double centre = 1.25 / 3;
            Close.assertClose(
                    new double[] {-centre, 0.25 - centre, 1 - centre},
                    found.centred().data(),
                    1e-15,
                    0,
                    "offset " + offset);
        }
    }
}
