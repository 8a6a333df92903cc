package io.github.collapse4j.djl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DJL frees the numbers of {@code mul(Number)} before PyTorch is done with them; a loss must not use any. */
class CollectedGarbageTest {
    private static final int SAMPLES = 6;

    @ParameterizedTest
    @EnumSource(UfmLoss.Kind.class)
    void gradientsDoNotDependOnTheGarbageCollector(UfmLoss.Kind kind) {
        for (int repetition = 0; repetition < 5; repetition++) {
            assertArrayEquals(gradient(kind, false), gradient(kind, true));
        }
    }

    private static float[] gradient(UfmLoss.Kind kind, boolean collect) {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            NDArray features = manager.arange(SAMPLES * 3f).reshape(new Shape(SAMPLES, 3));
            features.setRequiresGradient(true);
            NDArray labels = manager.create(new long[] {0, 1, 2, 0, 1, 2});
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                NDArray loss = UfmLoss.penalized(kind, 0.5, SAMPLES)
                        .evaluate(new NDList(labels), new NDList(features, features));
                if (collect) {
                    overwriteFreedMemory();
                }
                collector.backward(loss);
            }
            return features.getGradient().toFloatArray();
        }
    }

    /** Direct buffers are freed after a collection; small new ones are likely to get their places. */
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
