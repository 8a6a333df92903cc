package io.github.collapse4j.djl.data;

import static io.github.collapse4j.testkit.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.training.dataset.Batch;
import io.github.collapse4j.io.image.ImageSplits;
import io.github.collapse4j.io.image.LabelledImages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageBatchesTest {
    @Test
    void digitsAreComplete() throws IOException {
        LabelledImages all = BundledDigits.images();
        assertEquals(1797, all.count());
        assertEquals(10, all.classes());
        int largest = 0;
        for (byte pixel : all.pixels()) {
            largest = Math.max(largest, pixel & 0xFF);
        }
        assertEquals(255, largest);
        ImageSplits splits = BundledDigits.balanced(3);
        int[] counts = new int[10];
        for (int label : splits.train().labels()) {
            counts[label]++;
        }
        for (int count : counts) {
            assertEquals(139, count);
        }
        assertEquals(1797, splits.train().count() + splits.test().count());
    }

    @Test
    void aBatchIsScaledToMeanZeroAndDeviationOne() throws IOException {
        LabelledImages digits = BundledDigits.balanced(1).train();
        ImageBatches batches = ImageBatches.inOrder(digits, PixelScale.of(digits), digits.count());
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            for (Batch batch : batches.getData(manager)) {
                float[] pixels = batch.getData().singletonOrThrow().toFloatArray();
                double sum = 0;
                double squares = 0;
                for (float pixel : pixels) {
                    sum += pixel;
                    squares += (double) pixel * pixel;
                }
                // float32
                assertClose(0, sum / pixels.length, 0, 1e-6, "mean");
                assertClose(1, squares / pixels.length, 1e-6, "mean square");
                batch.close();
            }
        }
    }

    /** 10 images in batches of at most 4 give 3, 3 and 4; an epoch has each image once, in its own order. */
    @Test
    void anEpochHasEveryImageOnceInItsOwnOrder() {
        int[] labels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        LabelledImages ten = new LabelledImages(1, 1, 1, new byte[10], labels);
        ImageBatches batches = ImageBatches.shuffled(ten, PixelScale.of(ten), 4, 7);
        assertEquals(3, batches.batches());
        List<List<Long>> epochs = new ArrayList<>();
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            for (int start : new int[] {0, 1, 0}) {
                batches.startAt(start);
                List<Long> seen = new ArrayList<>();
                for (Batch batch : batches.getData(manager)) {
                    assertTrue(batch.getSize() == 3 || batch.getSize() == 4);
                    for (long label : batch.getLabels().singletonOrThrow().toLongArray()) {
                        seen.add(label);
                    }
                    batch.close();
                }
                assertEquals(10, seen.stream().distinct().count());
                epochs.add(seen);
            }
        }
        assertNotEquals(epochs.get(0), epochs.get(1));
        assertEquals(epochs.get(0), epochs.get(2));
    }
}
