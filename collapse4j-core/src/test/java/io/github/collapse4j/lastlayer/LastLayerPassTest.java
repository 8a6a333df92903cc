package io.github.collapse4j.lastlayer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.data.FeatureSamples;
import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.fixtures.Matrices;
import io.github.collapse4j.fixtures.Samples;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.measure.MeasureListener;
import io.github.collapse4j.measure.SamplePasses;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One pass in batches. */
class LastLayerPassTest {
    private static final double TOLERANCE = 1e-12;
    private static final double EXACT = 1e-15;
    private static final int CLASSES = 4;
    private static final int SAMPLES = 331;
    private static final int D = 5;
    /** Wide enough that a batch holds only 256 samples. */
    private static final int WIDE = 16_400;

    static Stream<Loss> losses() {
        return Stream.of(new CrossEntropy(), new SquaredError());
    }

    private static int[] labels(Seeded seeded) {
        int[] labels = new int[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            labels[i] = i < CLASSES ? i : seeded.between(0, CLASSES - 1);
        }
        return labels;
    }

    @ParameterizedTest
    @MethodSource("losses")
    void resultsDoNotDependOnTheBatches(Loss loss) {
        Seeded seeded = Seeded.of(1);
        int[] labels = labels(seeded);
        Matrix features = Matrix.wrap(D, SAMPLES, seeded.gaussian(D * SAMPLES, 1));
        Matrix classifier = Matrix.wrap(CLASSES, D, seeded.gaussian(CLASSES * D, 1));
        double[] bias = seeded.gaussian(CLASSES, 1);
        Matrix wideFeatures = Layers.withZeroRows(features, WIDE);
        Matrix wideClassifier =
                Layers.withZeroRows(classifier.transpose(), WIDE).transpose();
        LastLayer one = LastLayer.withBias(Layers.samples(features, labels, CLASSES), classifier, bias);
        LastLayer many = LastLayer.withBias(Layers.samples(wideFeatures, labels, CLASSES), wideClassifier, bias);

        assertEquals(256, many.loss(loss).batchSize());
        assertTrue(one.loss(loss).batchSize() >= SAMPLES);

        LastLayerPass whole = LastLayerPass.over(one, loss);
        LastLayerPass batches = LastLayerPass.over(many, loss);
        Close.assertClose(whole.loss(), batches.loss(), TOLERANCE, "loss");
        assertEquals(whole.accuracy(), batches.accuracy());
        Close.assertClose(whole.biasGradient(), batches.biasGradient(), TOLERANCE, 1e-15, "∇g·1");
        Close.assertClose(whole.sigmaMax(), batches.sigmaMax(), TOLERANCE, "σ_max");
        Close.assertClose(whole.featureNorm(), batches.featureNorm(), TOLERANCE, "‖H‖");
        Close.assertClose(
                whole.gradientTimesFeatures().data(),
                Arrays.copyOf(batches.gradientTimesFeatures().data(), CLASSES * D),
                TOLERANCE,
                1e-15,
                "∇g·Hᵀ");
        assertEquals(whole.counts(), batches.counts());
        Close.assertClose(
                Layers.withZeroRows(whole.scaledClassMeans(), WIDE).data(),
                batches.scaledClassMeans().data(),
                TOLERANCE,
                0,
                "class means");
        double inner = whole.gradientTimesFeatures().dot(classifier);
        Close.assertClose(
                whole.featureGradientNorm(one, loss, 0.01, inner),
                batches.featureGradientNorm(many, loss, 0.01, inner),
                TOLERANCE,
                "‖∇_H f‖");
    }

    /** The norm from the sums is that of the features' gradient; where the sums cancel, a second pass computes it. */
    @ParameterizedTest
    @MethodSource("losses")
    void theFeatureGradientIsExactEvenIfItsPartsCancel(Loss loss) {
        Seeded seeded = Seeded.of(3);
        int[] labels = labels(seeded);
        Matrix classifier = Matrix.wrap(CLASSES, D, seeded.gaussian(CLASSES * D, 1));
        Matrix features = Matrix.wrap(D, SAMPLES, seeded.gaussian(D * SAMPLES, 1));
        double lambdaH = 0.01;
        // The best feature of each sample, to many digits, by gradient steps on strongly convex functions.
        Matrix back = Matrix.zeros(D, SAMPLES);
        for (int step = 0; step < 4000; step++) {
            back = back(loss, labels, classifier, features);
            back.add(lambdaH, features);
            features.add(-SAMPLES * 0.04, back);
        }
        for (double offset : new double[] {1, 1e-3, 1e-6}) {
            Matrix moved = features.copy().add(offset, Matrix.wrap(D, SAMPLES, seeded.gaussian(D * SAMPLES, 1)));
            LastLayer layer = LastLayer.withoutBias(Layers.samples(moved, labels, CLASSES), classifier);
            LastLayerPass pass = LastLayerPass.over(layer, loss);
            double found = pass.featureGradientNorm(
                    layer, loss, lambdaH, pass.gradientTimesFeatures().dot(classifier));
            double expected =
                    back(loss, labels, classifier, moved).add(lambdaH, moved).norm();
            Close.assertClose(expected, found, 1e-11 / Math.min(1, offset * 1e3), "offset " + offset);
        }
    }

    /** Wᵀ∇g. */
    private static Matrix back(Loss loss, int[] labels, Matrix classifier, Matrix features) {
        SampleBatch batch = new SampleBatch(D, SAMPLES);
        System.arraycopy(features.data(), 0, batch.features(), 0, D * SAMPLES);
        System.arraycopy(labels, 0, batch.labels(), 0, SAMPLES);
        batch.filled(0, SAMPLES);
        LayerLoss layer = new LayerLoss(loss, classifier, new double[CLASSES]);
        BatchResiduals residuals = new BatchResiduals(layer, layer.factor());
        residuals.evaluate(batch);
        return LinearAlgebra.multiply(
                        classifier, LinearAlgebra.Op.TRANSPOSE, residuals.residual(), LinearAlgebra.Op.NONE)
                .scale(1.0 / SAMPLES);
    }

    /** The threads take batches as they come, and sums in twice the precision do not tell. */
    @ParameterizedTest
    @MethodSource("losses")
    void resultsDoNotDependOnTheThreads(Loss loss) {
        Seeded seeded = Seeded.of(4);
        int samples = 40 * SAMPLES;
        int[] labels = new int[samples];
        Arrays.setAll(labels, i -> i % CLASSES);
        FeatureSamples source =
                new FeatureSamples(Matrix.wrap(30, samples, seeded.gaussian(30 * samples, 1)), labels, CLASSES);
        Matrix classifier = Matrix.wrap(CLASSES, 30, seeded.gaussian(CLASSES * 30, 1));
        LastLayerPass one = pass(source, 1, classifier, loss);
        for (int threads : new int[] {2, 3, 8}) {
            LastLayerPass other = pass(source, threads, classifier, loss);
            Close.assertClose(one.loss(), other.loss(), EXACT, "loss");
            assertEquals(one.accuracy(), other.accuracy());
            Close.assertClose(one.biasGradient(), other.biasGradient(), EXACT, 0, "∇g·1");
            Close.assertClose(one.biasTerms(), other.biasTerms(), EXACT, 0, "terms of ∇g·1");
            Close.assertClose(one.sigmaMax(), other.sigmaMax(), EXACT, "σ_max");
            Close.assertClose(one.backNorm(), other.backNorm(), EXACT, "‖Wᵀ∇g‖");
            Close.assertClose(one.featureNorm(), other.featureNorm(), EXACT, "‖H‖");
            Close.assertClose(
                    one.gradientTimesFeatures().data(),
                    other.gradientTimesFeatures().data(),
                    EXACT,
                    0,
                    "∇g·Hᵀ");
            Close.assertClose(one.classMeans().data(), other.classMeans().data(), EXACT, 0, "class means");
        }
    }

    private static LastLayerPass pass(FeatureSamples source, int threads, Matrix classifier, Loss loss) {
        SamplePasses passes = SamplePasses.onThreads(source, threads, MeasureListener.SILENT);
        return LastLayerPass.over(LastLayer.withoutBias(passes, classifier), loss);
    }

    @Test
    void accuracyTakesTheFirstOfEqualLogits() {
        Matrix features = Matrix.ofRows(new double[] {1, 1, 1, -1}, new double[] {0, 0, 0, 0});
        Matrix classifier = Matrix.ofRows(new double[] {1, 0}, new double[] {1, 0}, new double[] {0, 2});
        // Logits (1, 1, 0) three times and (−1, −1, 0): classes 0, 0, 0 and 2.
        LastLayer layer = LastLayer.withoutBias(Layers.samples(features, new int[] {0, 0, 1, 2}, 3), classifier);
        assertEquals(0.75, LastLayerPass.over(layer, new CrossEntropy()).accuracy());
    }

    @Test
    void nonFiniteFeaturesAreNamed() {
        Matrix features = Matrix.wrap(D, SAMPLES, Seeded.of(2).gaussian(D * SAMPLES, 1));
        features.set(3, 200, Double.NaN);
        for (int rows : new int[] {D, WIDE}) {
            Matrix classifier = Matrix.zeros(CLASSES, rows);
            LastLayer layer = LastLayer.withoutBias(
                    Layers.samples(Layers.withZeroRows(features, rows), labels(Seeded.of(1)), CLASSES), classifier);
            String message = "";
            try {
                LastLayerPass.over(layer, new CrossEntropy());
            } catch (IllegalArgumentException e) {
                message = String.valueOf(e.getMessage());
            }
            assertTrue(message.contains(", feature 3: expected a finite number, found NaN"), message);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 3, 100})
    void whatTheHeadSeesFollowsFromTheRawPass(double offset) {
        Samples samples = Samples.random(Seeded.of(8), 9, new int[] {30, 11, 5, 40}, offset, 0.3);
        LastLayer layer = layer(samples);
        LastLayerPass raw = LastLayerPass.over(layer, new CrossEntropy());
        LogitProjection kept = LogitProjection.ofCentredLogits(layer.classifier());
        HeadView view = new HeadView(kept.projection(), FeatureShares.mean(raw.classMeans(), raw.counts()), 4);
        double[] bias = LinearAlgebra.multiply(layer.classifier(), Matrix.wrap(9, 1, view.origin()))
                .data();
        Vectors.add(1, layer.bias(), bias);
        LastLayerPass expected = LastLayerPass.over(
                new LastLayer(layer.samples().mapped(view), kept.classifier(), bias, true), new CrossEntropy());
        LastLayerPass seen = raw.seenThrough(view, layer, kept.classifier()).orElseThrow();
        double tolerance = 1e-11;
        assertEquals(expected.loss(), seen.loss(), tolerance);
        assertEquals(expected.accuracy(), seen.accuracy());
        assertEquals(expected.sigmaMax(), seen.sigmaMax(), tolerance);
        assertEquals(expected.featureNorm(), seen.featureNorm(), tolerance * expected.featureNorm());
        assertEquals(expected.backNorm(), seen.backNorm(), tolerance);
        assertEquals(expected.counts(), seen.counts());
        assertArrayEquals(expected.biasGradient(), seen.biasGradient(), tolerance);
        assertArrayEquals(
                expected.gradientTimesFeatures().data(),
                seen.gradientTimesFeatures().data(),
                tolerance);
        assertArrayEquals(expected.classMeans().data(), seen.classMeans().data(), tolerance);
    }

    /** More features than classes, fewer, a head of lower rank, and a large mean of the rows. */
    @ParameterizedTest
    @CsvSource({"40, 4, 0", "3, 4, 0", "30, 40, 0", "40, 30, 7", "40, 30, 300"})
    void theNormOfWhatTheHeadSeesFollowsFromLogits(int d, int classes, double meanOfRows) {
        int[] counts = new int[classes];
        Arrays.setAll(counts, k -> 3 + 7 * k % 11);
        for (double offset : new double[] {0, 2}) {
            Samples samples = Samples.random(Seeded.of(d), d, counts, offset, 0.3);
            LastLayer layer = layer(samples);
            for (int i = 0; i < layer.classifier().data().length; i++) {
                layer.classifier().data()[i] += meanOfRows;
            }
            LogitProjection kept = LogitProjection.ofCentredLogits(layer.classifier());
            LastLayerPass raw = LastLayerPass.over(layer, new CrossEntropy(), Optional.of(kept));
            HeadView view =
                    new HeadView(kept.projection(), FeatureShares.mean(raw.classMeans(), raw.counts()), classes);
            double found = raw.seenThrough(view, layer, kept.classifier())
                    .orElseThrow()
                    .featureNorm();
            assertEquals(view.featureNorm(layer.samples()), found, 1e-11 * found);
        }
    }

    /** A head that hardly sees one direction: its logits do not tell the features along it. */
    @Test
    void theNormOfWhatAnIllConditionedHeadSeesIsSummedAnew() {
        Samples samples = Samples.random(Seeded.of(8), 9, new int[] {30, 11, 5, 40}, 0, 0.3);
        LastLayer layer = layer(samples);
        Matrix classifier = layer.classifier();
        for (int a = 0; a < 9; a++) {
            classifier.set(3, a, classifier.get(2, a) + 1e-9 * classifier.get(3, a));
        }
        LogitProjection kept = LogitProjection.ofCentredLogits(classifier);
        LastLayerPass raw = LastLayerPass.over(layer, new CrossEntropy(), Optional.of(kept));
        HeadView view = new HeadView(kept.projection(), FeatureShares.mean(raw.classMeans(), raw.counts()), 4);
        double found =
                raw.seenThrough(view, layer, kept.classifier()).orElseThrow().featureNorm();
        assertEquals(view.featureNorm(layer.samples()), found, 1e-12 * found);
    }

    @Test
    void whatTheHeadSeesIsSummedAnewWhereMostOfTheFeaturesIsAnOffset() {
        LastLayer layer = layer(Samples.random(Seeded.of(8), 9, new int[] {30, 11, 5, 40}, 1e6, 0.3));
        LastLayerPass raw = LastLayerPass.over(layer, new CrossEntropy());
        LogitProjection kept = LogitProjection.ofCentredLogits(layer.classifier());
        HeadView view = new HeadView(kept.projection(), FeatureShares.mean(raw.classMeans(), raw.counts()), 4);
        assertTrue(raw.seenThrough(view, layer, kept.classifier()).isEmpty());
    }

    @Test
    void theNormOfTheGradientByTheFeaturesKeepsItsDigitsBesideALargeMeanOfTheRows() {
        Samples samples = Samples.random(Seeded.of(8), 9, new int[] {30, 11, 5, 40}, 0, 0.3);
        LastLayer layer = layer(samples);
        double expected = LastLayerPass.over(layer, new CrossEntropy()).backNorm();
        for (int a = 0; a < 9; a++) {
            for (int k = 0; k < 4; k++) {
                layer.classifier().set(k, a, layer.classifier().get(k, a) + 1e4); // shifts all logits alike
            }
        }
        assertEquals(expected, LastLayerPass.over(layer, new CrossEntropy()).backNorm(), 1e-9 * expected);
    }

    private static LastLayer layer(Samples samples) {
        Seeded seeded = Seeded.of(3);
        return LastLayer.withBias(
                SamplePasses.onThreads(samples.source(), 2, MeasureListener.SILENT),
                Matrices.gaussian(samples.classes(), samples.features().rows(), seeded),
                seeded.gaussian(samples.classes(), 1));
    }
}
