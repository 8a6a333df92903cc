package io.github.collapse4j.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.collapse4j.djl.network.Bodies;
import io.github.collapse4j.djl.network.Networks;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.TrainingLoss;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * DJL frees the scalars of {@code mul(Number)}, {@code div}, {@code pow}, {@code maximum} and {@code minimum} before
 * PyTorch is done with them; losses and blocks must not use these.
 */
@Tag("slow")
class CollectedGarbageTest {
    private static final int SAMPLES = 6;

    @ParameterizedTest
    @EnumSource(TrainingLoss.Kind.class)
    void gradientsDoNotDependOnTheGarbageCollector(TrainingLoss.Kind kind) {
        for (int repetition = 0; repetition < 5; repetition++) {
            assertArrayEquals(gradient(kind, false), gradient(kind, true));
        }
    }

    @ParameterizedTest
    @EnumSource(Bodies.class)
    void gradientsOfWholeNetworksDoNotEither(Bodies body) {
        for (Networks.HeadKind head : Networks.HeadKind.values()) {
            List<float[]> expected = gradients(body, head, false);
            List<float[]> actual = gradients(body, head, true);
            assertEquals(expected.size(), actual.size());
            for (int i = 0; i < expected.size(); i++) {
                assertArrayEquals(expected.get(i), actual.get(i));
            }
        }
    }

    private static List<float[]> gradients(Bodies body, Networks.HeadKind kind, boolean collect) {
        Networks.Head head = new Networks.Head(kind, true, 1);
        FeatureTap network = Networks.build(body, 3, 8, head, 3, 5);
        List<float[]> gradients = new ArrayList<>();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            Shape images = new Shape(SAMPLES, 1, 8, 8);
            network.initialize(manager, DataType.FLOAT32, images);
            NDArray pixels =
                    manager.arange((float) images.size()).reshape(images).sin();
            NDList labels = new NDList(manager.create(new long[] {0, 1, 2, 0, 1, 2}));
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                NDList predictions =
                        network.forward(new ParameterStore(manager, false), new NDList(pixels), /* training= */ true);
                NDArray loss =
                        UfmLoss.penalized(new CrossEntropy(), 0.5, SAMPLES).evaluate(labels, predictions);
                if (collect) {
                    overwriteFreedMemory();
                }
                collector.backward(loss);
            }
            network.getParameters().values().stream()
                    .filter(Parameter::requiresGradient)
                    .forEach(parameter ->
                            gradients.add(parameter.getArray().getGradient().toFloatArray()));
        }
        return gradients;
    }

    private static float[] gradient(TrainingLoss.Kind kind, boolean collect) {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            NDArray features = manager.arange(SAMPLES * 3f).reshape(new Shape(SAMPLES, 3));
            features.setRequiresGradient(true);
            NDArray labels = manager.create(new long[] {0, 1, 2, 0, 1, 2});
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                NDArray loss = UfmLoss.penalized(
                                TrainingLoss.of(kind).ofClasses(ClassCounts.balanced(3, 2)), 0.5, SAMPLES)
                        .evaluate(new NDList(labels), new NDList(features, features));
                if (collect) {
                    overwriteFreedMemory();
                }
                collector.backward(loss);
            }
            return features.getGradient().toFloatArray();
        }
    }

    /** Direct buffers are freed by a collection; small new ones are likely to reuse their memory. */
    private static void overwriteFreedMemory() {
        List<ByteBuffer> held = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            System.gc();
            for (int i = 0; i < 2000; i++) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(4 + i % 16);
                while (buffer.hasRemaining()) {
                    buffer.put((byte) 0x47);
                }
                held.add(buffer);
            }
        }
        assertArrayEquals(
                new byte[] {0x47}, new byte[] {held.get(held.size() - 1).get(0)});
    }
}
