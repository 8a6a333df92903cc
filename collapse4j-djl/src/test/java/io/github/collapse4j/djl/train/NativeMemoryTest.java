package io.github.collapse4j.djl.train;

import static io.github.collapse4j.testkit.Close.assertAtMost;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import io.github.collapse4j.djl.network.Bodies;
import io.github.collapse4j.djl.network.Networks.HeadKind;
import io.github.collapse4j.io.image.ImageSplits;
import io.github.collapse4j.io.image.LabelledImages;
import io.github.collapse4j.testkit.Seeded;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training of thousands of batches, measured and saved along the way, leaks nothing in the engine. */
@Tag("slow")
class NativeMemoryTest {
    private static final int SIDE = 32;
    private static final int IMAGES = 1600;
    private static final int BATCH = 40;
    private static final int EPOCHS = 80;
    private static final int WARM = 10;
    /** Bytes of a float32 batch: its images, and two hidden layers of 256 units before and after their ReLUs. */
    private static final long BATCH_BYTES = 4L * BATCH * (SIDE * SIDE + 4 * 256);

    @TempDir
    private Path folder;

    @Test
    void threeThousandBatchesLeakNoArrayAndNoMemory() throws IOException {
        Path status = Path.of("/proc/self/status");
        assumeTrue(Files.exists(status), "resident memory is told by Linux");
        ImageSplits images = new ImageSplits("noise", noise(IMAGES, 1), noise(200, 2));
        Recipe recipe = Recipe.defaults(IMAGES)
                .withBody(Bodies.mlp)
                .withHead(5, HeadKind.learned, true)
                .withEpochs(EPOCHS, BATCH);
        List<Integer> resources = new ArrayList<>();
        List<Long> resident = new ArrayList<>();
        TrainingObserver observer = new TrainingObserver() {
            @Override
            public void onEpoch(EpochRecord epoch) {
                if (epoch.state().epoch() >= WARM) {
                    resources.add(resources());
                }
                if (epoch.state().epoch() == WARM || epoch.state().epoch() == EPOCHS) {
                    resident.add(resident(status));
                }
            }
        };
        int before = resources();
        Outcome outcome = new TrainingRun(recipe, images, observer, Optional.of(folder.resolve("checkpoint"))).run();
        assertEquals(before, resources(), "managers and arrays after the training");
        assertInstanceOf(Outcome.Trained.class, outcome);

        assertTrue(resources.get(0) > before, "the network is counted");
        assertEquals(EPOCHS - WARM + 1, resources.size());
        assertEquals(1, resources.stream().distinct().count(), "managers and arrays after each epoch: " + resources);
        long batches = (EPOCHS - WARM) * (long) (IMAGES / BATCH);
        assertTrue(batches > 2500);
        // retaining each batch, or a fifth of its arrays, would exceed this
        double growth = (double) resident.get(1) - resident.get(0);
        assertAtMost(0.2 * batches * BATCH_BYTES, growth, "growth of resident memory");
    }

    private static LabelledImages noise(int count, long seed) {
        Seeded seeded = Seeded.of(seed);
        byte[] pixels = new byte[count * SIDE * SIDE];
        int[] labels = new int[count];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) seeded.between(0, 255);
        }
        for (int i = 0; i < count; i++) {
            labels[i] = i % 4;
        }
        return new LabelledImages(1, SIDE, SIDE, pixels, labels);
    }

    /** The number of resources attached to the engine's root manager, directly or indirectly. */
    private static int resources() {
        try (NDManager base = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            return count(base.getParentManager()) - 1;
        }
    }

    private static int count(NDManager manager) {
        try {
            Field field = BaseNDManager.class.getDeclaredField("resources");
            field.setAccessible(true);
            int count = 0;
            for (Object resource : ((Map<?, ?>) field.get(manager)).values()) {
                count += 1 + (resource instanceof NDManager child ? count(child) : 0);
            }
            return count;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /**
     * Memory without garbage: the Java heap is collected first, and its free part hardly changes between equal epochs.
     */
    private static long resident(Path status) {
        System.gc();
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmRSS:")) {
                    return 1024
                            * Long.parseLong(line.substring(6).replace("kB", "").trim());
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("no VmRSS in " + status);
    }
}
