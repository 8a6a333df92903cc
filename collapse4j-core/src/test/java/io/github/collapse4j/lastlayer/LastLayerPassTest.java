package io.github.collapse4j.lastlayer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.data.FeatureSource;
import io.github.collapse4j.data.MatrixFeatures;
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
    /** Wide enough that a batch holds 64 samples only. */
    private static final int WIDE = 8200;

    static Stream<Loss> losses() {
        return Stream.of(new CrossEntropy(), new SquaredError());
    }

    /** Counts what it is asked for. */
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
        assertEquals(6, wide.reads, "five batches of 64 and one of 11");
        assertEquals(64, wide.largest);
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
        Close.assertClose(
                LastLayerPass.featureGradientNorm(one, loss, 0.01),
                LastLayerPass.featureGradientNorm(many, loss, 0.01),
                TOLERANCE,
                "‖∇_H f‖");
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
    void featuresThatAreNotFiniteAreNamed() {
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
