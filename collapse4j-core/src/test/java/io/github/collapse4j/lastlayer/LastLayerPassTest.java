package io.github.collapse4j.lastlayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.data.FeatureSource;
import io.github.collapse4j.data.MatrixFeatures;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One pass in batches. */
class LastLayerPassTest {
    private static final double TOLERANCE = 1e-12;
    private static final int CLASSES = 4;
    private static final int SAMPLES = 331;
    private static final int D = 5;
    /** Wide enough that a batch holds only 256 samples. */
    private static final int WIDE = 8200;

    static Stream<Loss> losses() {
        return Stream.of(new CrossEntropy(), new SquaredError());
    }

    /** Counts reads. */
    private static final class Counting implements FeatureSource {
        private final MatrixFeatures features;
        private int reads;
        private int largest;
        private long total;

        Counting(Matrix features) {
            this.features = new MatrixFeatures(features);
        }

        @Override
        public int featureDimension() {
            return features.featureDimension();
        }

        @Override
        public long samples() {
            return features.samples();
        }

        @Override
        public void read(long first, int count, double[] target) {
            assertEquals((long) count * featureDimension(), target.length);
            reads++;
            largest = Math.max(largest, count);
            total += count;
            features.read(first, count, target);
        }
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
        Counting narrow = new Counting(features);
        Counting wide = new Counting(Layers.withZeroRows(features, WIDE));
        Matrix wideClassifier =
                Layers.withZeroRows(classifier.transpose(), WIDE).transpose();
        LastLayer one = LastLayer.withBias(narrow, labels, classifier, bias);
        LastLayer many = LastLayer.withBias(wide, labels, wideClassifier, bias);

        LastLayerPass whole = LastLayerPass.over(one, loss);
        LastLayerPass batches = LastLayerPass.over(many, loss);
        assertEquals(1, narrow.reads);
        assertEquals(2, wide.reads, "one batch of 256 and one of 75");
        assertEquals(256, wide.largest);
        assertEquals(SAMPLES, wide.total);

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
        ClassCounts counts = one.counts();
        Close.assertClose(
                Layers.withZeroRows(whole.scaledClassMeans(counts), WIDE).data(),
                batches.scaledClassMeans(counts).data(),
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
            LastLayer layer = LastLayer.withoutBias(new MatrixFeatures(moved), labels, classifier);
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
        Matrix logits = LinearAlgebra.multiply(classifier, features);
        Matrix residual = Matrix.zeros(CLASSES, SAMPLES);
        LayerAccumulator.evaluate(loss, labels, logits, residual);
        return LinearAlgebra.multiply(classifier, LinearAlgebra.Op.TRANSPOSE, residual, LinearAlgebra.Op.NONE)
                .scale(1.0 / SAMPLES);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void accumulatorsMerge(Loss loss) {
        Seeded seeded = Seeded.of(4);
        int[] labels = labels(seeded);
        Matrix features = Matrix.wrap(D, SAMPLES, seeded.gaussian(D * SAMPLES, 1));
        Matrix classifier = Matrix.wrap(CLASSES, D, seeded.gaussian(CLASSES * D, 1));
        double[] bias = seeded.gaussian(CLASSES, 1);
        LayerAccumulator whole = new LayerAccumulator(loss, classifier, bias);
        whole.add(features, labels);
        LayerAccumulator merged = new LayerAccumulator(loss, classifier, bias);
        for (int first = 0; first < SAMPLES; first += 100) {
            int last = Math.min(SAMPLES, first + 100);
            LayerAccumulator part = new LayerAccumulator(loss, classifier, bias);
            part.add(
                    Matrix.wrap(D, last - first, Arrays.copyOfRange(features.data(), first * D, last * D)),
                    Arrays.copyOfRange(labels, first, last));
            merged.merge(part);
        }
        LastLayerPass one = whole.finish();
        LastLayerPass other = merged.finish();
        Close.assertClose(one.loss(), other.loss(), TOLERANCE, "loss");
        assertEquals(one.accuracy(), other.accuracy());
        Close.assertClose(one.biasGradient(), other.biasGradient(), TOLERANCE, 1e-15, "∇g·1");
        Close.assertClose(one.biasTerms(), other.biasTerms(), TOLERANCE, 0, "terms of ∇g·1");
        Close.assertClose(one.sigmaMax(), other.sigmaMax(), TOLERANCE, "σ_max");
        Close.assertClose(one.backNorm(), other.backNorm(), TOLERANCE, "‖Wᵀ∇g‖");
        Close.assertClose(one.featureNorm(), other.featureNorm(), TOLERANCE, "‖H‖");
        Close.assertClose(
                one.gradientTimesFeatures().data(),
                other.gradientTimesFeatures().data(),
                TOLERANCE,
                1e-15,
                "∇g·Hᵀ");
        Close.assertClose(one.classSums().data(), other.classSums().data(), TOLERANCE, 1e-13, "class sums");
    }

    @Test
    void accuracyTakesTheFirstOfEqualLogits() {
        Matrix features = Matrix.ofRows(new double[] {1, 1, 1, -1}, new double[] {0, 0, 0, 0});
        Matrix classifier = Matrix.ofRows(new double[] {1, 0}, new double[] {1, 0}, new double[] {0, 2});
        // Logits (1, 1, 0) three times and (−1, −1, 0): classes 0, 0, 0 and 2.
        LastLayer layer = LastLayer.withoutBias(new MatrixFeatures(features), new int[] {0, 0, 1, 2}, classifier);
        assertEquals(0.75, LastLayerPass.over(layer, new CrossEntropy()).accuracy());
    }

    @Test
    void nonFiniteFeaturesAreNamed() {
        Matrix features = Matrix.wrap(D, SAMPLES, Seeded.of(2).gaussian(D * SAMPLES, 1));
        features.set(3, 200, Double.NaN);
        features.set(4, 300, Double.POSITIVE_INFINITY);
        for (int rows : new int[] {D, WIDE}) {
            Matrix classifier = Matrix.zeros(CLASSES, rows);
            LastLayer layer = LastLayer.withoutBias(
                    new MatrixFeatures(Layers.withZeroRows(features, rows)), labels(Seeded.of(1)), classifier);
            String message = "";
            try {
                LastLayerPass.over(layer, new CrossEntropy());
            } catch (IllegalArgumentException e) {
                message = String.valueOf(e.getMessage());
            }
            assertTrue(message.startsWith("features[row 200, column 3]: expected a finite number"), message);
        }
    }
}
