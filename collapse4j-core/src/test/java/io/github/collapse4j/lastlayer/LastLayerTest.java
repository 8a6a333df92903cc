package io.github.collapse4j.lastlayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.certificate.Reason;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.lastlayer.LastLayerAnalysis.Options;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.SamplePasses;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.testkit.Close;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Requirements on a layer, and layers without a model. */
class LastLayerTest {
    private static final Matrix FEATURES = Matrix.ofRows(new double[] {1, 0, -1}, new double[] {0, 1, 1});
    private static final int[] LABELS = {0, 1, 1};
    private static final SamplePasses SAMPLES = Layers.samples(FEATURES, LABELS, 2);
    private static final Matrix CLASSIFIER = Matrix.identity(2);

    @Test
    void countsComeFromTheSamples() {
        LastLayer layer = LastLayer.withBias(SAMPLES, CLASSIFIER, new double[] {1, 2});
        assertEquals(
                ClassCounts.of(1, 2),
                Layers.analyze(Options.of(new CrossEntropy()), layer).counts());
        assertEquals(2, layer.classes());
        assertTrue(layer.hasBias());
        assertFalse(LastLayer.withoutBias(SAMPLES, CLASSIFIER).hasBias());
    }

    @Test
    void partsThatDoNotFitAreNamed() {
        assertRefused("weights", () -> LastLayer.withoutBias(SAMPLES, Matrix.zeros(2, 3)));
        assertRefused("weights", () -> LastLayer.withoutBias(SAMPLES, Matrix.zeros(3, 2)));
        assertRefused("bias", () -> LastLayer.withBias(SAMPLES, CLASSIFIER, new double[3]));
        Matrix broken = Matrix.identity(2);
        broken.set(1, 0, Double.NaN);
        assertRefused("weights[row 1, column 0]", () -> LastLayer.withoutBias(SAMPLES, broken));
        double[] infinite = {0, Double.POSITIVE_INFINITY};
        assertRefused("bias[row 1, column 0]", () -> LastLayer.withBias(SAMPLES, CLASSIFIER, infinite));
        LastLayer missing = LastLayer.withoutBias(Layers.samples(FEATURES, new int[] {0, 0, 0}, 2), CLASSIFIER);
        assertRefused(
                "expected at least one sample of each of the 2 classes, found none of class 1",
                () -> Layers.analyze(Options.of(new CrossEntropy()), missing));
    }

    private static void assertRefused(String field, Executable call) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, call).getMessage());
        assertTrue(message.startsWith(field), message);
    }

    /**
     * Logits against the labels: smaller ones would lower the loss, so no positive penalty makes the layer stationary.
     */
    @Test
    void aLayerWithNegativeImpliedPenaltiesHasNoCertificate() {
        Matrix wrong = Matrix.identity(2).scale(-1);
        LastLayerCertificate found =
                Layers.analyze(Options.of(new CrossEntropy()), LastLayer.withoutBias(SAMPLES, wrong));
        Close.assertAtMost(-1e-3, found.implied().mu(), "implied μ");
        assertTrue(found.certified().isEmpty());
        assertInstanceOf(Reason.OtherSamples.class, reason(found));
        Close.assertAtMost(-1e-3, found.sigmaOverMu(), "σ/μ");
    }

    @Test
    void aZeroClassifierImpliesNothing() {
        LastLayer zero = LastLayer.withoutBias(SAMPLES, Matrix.zeros(2, 2));
        LastLayerCertificate found = Layers.analyze(Options.of(new CrossEntropy()), zero);
        assertTrue(found.certified().isEmpty());
        assertFalse(found.implied().mu() > 0);
        Reason.NoPenalty reason = assertInstanceOf(Reason.NoPenalty.class, reason(found));
        assertEquals("the weights are zero", reason.what());
        assertEquals(0, found.rank());
        assertEquals(0, found.effectiveDimension());
        Close.assertClose(Math.log(2), found.loss(), 1e-15, "loss");
        // With given penalties there is a model, in which features that no classifier row uses are pure excess.
        Options given = new Options(new CrossEntropy(), Penalties.Given.of(1, 1), 0, 1e-3);
        LastLayerCertificate certified = Layers.analyze(given, zero);
        assertTrue(certified.certified().isPresent());
        assertInstanceOf(Verdict.NotCritical.class, certified.verdict());
        double features = FEATURES.dot(FEATURES) / 2;
        Close.assertClose(
                Math.log(2) + features, certified.certified().orElseThrow().objective(), 1e-15, "objective");
    }

    @Test
    void whatIsMissingIsNamed() {
        LastLayer noFeatures = LastLayer.withoutBias(Layers.samples(Matrix.zeros(2, 3), LABELS, 2), CLASSIFIER);
        Reason.NoPenalty zero = assertInstanceOf(
                Reason.NoPenalty.class, reason(Layers.analyze(Options.of(new CrossEntropy()), noFeatures)));
        assertEquals("the features are zero", zero.what());
        Matrix huge = FEATURES.copy().scale(1e200);
        LastLayer overflowing = LastLayer.withoutBias(Layers.samples(huge, LABELS, 2), CLASSIFIER);
        Reason reason = reason(Layers.analyze(Options.of(new CrossEntropy()), overflowing));
        assertFalse(reason.words().contains("NaN"), reason.words());
    }

    @Test
    void aWrongBiasOverZeroFeaturesIsNotStationary() {
        int[] labels = new int[2000];
        labels[1999] = 1;
        LastLayer layer = LastLayer.withBias(
                Layers.samples(Matrix.zeros(2, 2000), labels, 2), Matrix.zeros(2, 2), new double[] {40, 0});
        Options given = new Options(new CrossEntropy(), Penalties.Given.of(1, 1), 0, 1e-3);
        LastLayerCertificate found = Layers.analyze(given, layer);
        assertInstanceOf(Verdict.NotCritical.class, found.verdict());
        assertEquals(0, found.residualW());
        assertEquals(0, found.residualH());
        Close.assertClose(1, found.residualB(), 1e-12, "b");
    }

    @Test
    void theRankIsThatToWithinTheRoundingOfTheWeights() {
        Matrix exact = Matrix.ofRows(new double[] {1, 0.1}, new double[] {2, 0.2});
        assertEquals(1, WeightRank.of(exact, LinearAlgebra.svd(exact).values(), 0));
        Matrix single = Matrix.ofRows(new double[] {1, (float) 0.1}, new double[] {3, (float) 0.3});
        assertEquals(1, WeightRank.of(single, LinearAlgebra.svd(single).values(), 0));
        assertEquals(0x1p-24, WeightRank.unitRoundOff(single.data()));
        assertEquals(0x1p-53, WeightRank.unitRoundOff(exact.data()));
        assertEquals(0x1p-11, WeightRank.unitRoundOff(new double[] {0, 0.5, -3, 2047}));
        assertEquals(0x1p-24, WeightRank.unitRoundOff(new double[] {2049}));
        Matrix distinct = Matrix.ofRows(new double[] {1, 0}, new double[] {0, 1e-3});
        assertEquals(2, WeightRank.of(distinct, LinearAlgebra.svd(distinct).values(), 0));
        assertEquals(1, WeightRank.of(distinct, LinearAlgebra.svd(distinct).values(), 1e-2));
    }

    private static Reason reason(LastLayerCertificate found) {
        return assertInstanceOf(Verdict.Undecided.class, found.verdict()).reason();
    }

    @Test
    void rankAndEffectiveDimensionAreThoseOfTheClassifier() {
        Matrix diagonal = Matrix.ofRows(new double[] {3, 0}, new double[] {0, 1});
        LastLayerCertificate found =
                Layers.analyze(Options.of(new CrossEntropy()), LastLayer.withoutBias(SAMPLES, diagonal));
        assertEquals(2, found.rank());
        Close.assertClose(100.0 / 82, found.effectiveDimension(), 1e-14, "(9 + 1)²/(81 + 1)");
    }
}
