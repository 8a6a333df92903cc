package io.github.collapse4j.djl;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Value and gradients against core's objective, which has no automatic differentiation. */
class UfmLossTest {
    private static final double LAMBDA_H = 3e-3;
    private static final double LAMBDA_W = 2e-3;

    @ParameterizedTest
    @EnumSource(TrainingLoss.Kind.class)
    void isTheObjectiveOfTheModel(TrainingLoss.Kind kind) {
        int classes = 4;
        int d = 5;
        int[] labels = {0, 1, 2, 3, 1, 1, 0, 2, 3};
        ClassCounts counts = ClassCounts.ofLabels(labels, classes);
        Loss loss = TrainingLoss.of(kind).withClassWeights(1, 2, 3, 0.5).ofClasses(counts);
        UfmProblem problem = new UfmProblem(loss, counts, d, LAMBDA_W, LAMBDA_H, new Bias.None());
        UfmModel model = UfmModel.full(problem, labels);
        Seeded seeded = Seeded.of(5);
        UfmPoint point = new UfmPoint(
                Matrix.wrap(classes, d, seeded.gaussian(classes * d, 1)),
                Matrix.wrap(d, labels.length, seeded.gaussian(d * labels.length, 1)),
                new double[classes]);
        UfmObjective objective = model.objective();
        double[] vector = objective.toVector(point);
        double[] gradient = new double[vector.length];
        double value = objective.linearize(vector, gradient);
        UfmPoint expected = objective.toPoint(gradient);

        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray w = manager.create(floats(point.classifier().transpose()), new Shape(classes, d));
            NDArray h = manager.create(floats(point.features()), new Shape(labels.length, d));
            w.setRequiresGradient(true);
            h.setRequiresGradient(true);
            NDArray onBatch;
            try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                NDList predictions = new NDList(Linear.linear(h, w).head(), h);
                onBatch = UfmLoss.penalized(loss, LAMBDA_H, labels.length)
                        .evaluate(new NDList(manager.create(longs(labels))), predictions);
                collector.backward(onBatch);
            }
            double penaltyOfW = LAMBDA_W / 2 * point.classifier().dot(point.classifier());
            // float32
            assertClose(value, onBatch.getFloat() + penaltyOfW, 1e-6, "objective");
            Matrix ofW = expected.classifier().copy().add(-LAMBDA_W, point.classifier());
            assertClose(ofW.transpose().data(), doubles(w.getGradient().toFloatArray()), 1e-5, 0, "gradient by W");
            assertClose(expected.features().data(), doubles(h.getGradient().toFloatArray()), 1e-5, 0, "gradient by H");
        }
    }

    @Test
    void aPenaltyNeedsFeatures() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDList logits = new NDList(manager.zeros(new Shape(2, 3)));
            NDList labels = new NDList(manager.create(new long[] {0, 2}));
            UfmLoss loss = UfmLoss.penalized(new CrossEntropy(), 1e-3, 2);
            assertThrows(IllegalArgumentException.class, () -> loss.evaluate(labels, logits));
            assertClose(
                    Math.log(3),
                    UfmLoss.of(new CrossEntropy()).evaluate(labels, logits).getFloat(),
                    1e-6,
                    "without one");
        }
    }

    private static float[] floats(Matrix columns) {
        float[] floats = new float[columns.data().length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) columns.data()[i];
        }
        return floats;
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    private static long[] longs(int[] labels) {
        return java.util.Arrays.stream(labels).asLongStream().toArray();
    }
}
