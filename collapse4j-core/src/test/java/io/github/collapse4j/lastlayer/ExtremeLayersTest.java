package io.github.collapse4j.lastlayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.certificate.Reason;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.lastlayer.LastLayerAnalysis.Options;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers whose numbers leave the range of double precision, or whose excess is only round-off. */
class ExtremeLayersTest {
    private static final int K = 3;
    private static final int D = 2;
    private static final int N = 12;

    static Stream<Arguments> scales() {
        return Stream.of(new CrossEntropy(), new SquaredError())
                .flatMap(loss -> Stream.of(1e160, 1e200, 1e300)
                        .flatMap(large -> Stream.of(
                                Arguments.of(loss, large, 1),
                                Arguments.of(loss, 1, large),
                                Arguments.of(loss, large, large))));
    }

    @ParameterizedTest
    @MethodSource("scales")
    void overflowIsAReasonNotAFailure(Loss loss, double ofFeatures, double ofWeights) {
        LastLayerCertificate found = Layers.analyze(given(loss), layer(ofFeatures, ofWeights));
        assertInstanceOf(Reason.NotFinite.class, ((Verdict.Undecided) found.verdict()).reason());
    }

    @Test
    void theEffectiveDimensionDoesNotDependOnTheScale() {
        double expected = Layers.analyze(given(new CrossEntropy()), layer(1, 1)).effectiveDimension();
        for (double scale : new double[] {1e-300, 1e-100, 1e100, 1e300}) {
            double found =
                    Layers.analyze(given(new CrossEntropy()), layer(1, scale)).effectiveDimension();
            Close.assertClose(expected, found, 1e-13, "scale " + scale);
        }
    }

    /** A free bias costs nothing, however large. */
    @Test
    void aHugeFreeBiasHasAnObjective() {
        double[] bias = {1e200, 0};
        LastLayer layer =
                LastLayer.withBias(Layers.samples(Matrix.zeros(D, N), labels(N, 2), 2), Matrix.zeros(2, D), bias);
        LastLayerCertificate found = Layers.analyze(given(new CrossEntropy()), layer);
        assertInstanceOf(Verdict.NotCritical.class, found.verdict());
        assertTrue(Double.isFinite(found.certified().orElseThrow().excess().total()));
    }

    /** The zero layer is optimal for these penalties; its loss is log 2, up to round-off in the sum of 2,000 terms. */
    @Test
    void roundOffGivesNoNegativeGap() {
        int samples = 2000;
        int[] labels = new int[samples];
        labels[samples - 1] = 1;
        LastLayer layer =
                LastLayer.withoutBias(Layers.samples(Matrix.zeros(D, samples), labels, 2), Matrix.zeros(2, D));
        LastLayerCertificate found = Layers.analyze(given(new CrossEntropy()), layer);
        Certified certified = found.certified().orElseThrow();
        assertEquals(0, ((Verdict.GlobalMinimum) found.verdict()).relativeGap(), 1e-13);
        assertTrue(((Verdict.GlobalMinimum) found.verdict()).relativeGap() >= 0);
        assertTrue(certified.relativeGap() >= 0);
        assertFalse(certified.excess().isMeaningful(certified.objective()));
    }

    private static Options given(Loss loss) {
        return new Options(loss, Penalties.Given.of(1, 1), 0, 1e-3);
    }

    private static LastLayer layer(double ofFeatures, double ofWeights) {
        Matrix features = Matrix.wrap(D, N, Seeded.of(1).gaussian(D * N, ofFeatures));
        Matrix weights = Matrix.wrap(K, D, Seeded.of(2).gaussian(K * D, ofWeights));
        return LastLayer.withoutBias(Layers.samples(features, labels(N, K), K), weights);
    }

    private static int[] labels(int samples, int classes) {
        int[] labels = new int[samples];
        for (int i = 0; i < samples; i++) {
            labels[i] = i % classes;
        }
        return labels;
    }
}
