package io.github.collapse4j.djl.data;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.Dataset;
import ai.djl.translate.Batchifier;
import ai.djl.util.Progress;
import io.github.collapse4j.io.image.LabelledImages;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Images as float32 batches {@code B×C×H×W} with int64 labels, followed by float64 targets {@code B×K} if the images
 * have them. Batches have nearly equal sizes, so that their means are close to the mean of all. The order in an epoch
 * depends only on the seed and the epoch number, so that resuming a training is reproducible.
 */
public final class ImageBatches implements Dataset {
    private final LabelledImages images;
    private final PixelScale scale;
    private final int batches;
    private final @Nullable Long seed;
    private int epoch;

    private ImageBatches(LabelledImages images, PixelScale scale, int batchSize, @Nullable Long seed) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize: expected at least 1, found " + batchSize);
        }
        this.images = images;
        this.scale = scale;
        this.batches = (int) ((images.count() + (long) batchSize - 1) / batchSize);
        this.seed = seed;
    }

    /** Batches of the images in their given order. */
    public static ImageBatches inOrder(LabelledImages images, PixelScale scale, int batchSize) {
        return new ImageBatches(images, scale, batchSize, null);
    }

    /** Batches in a different order in each epoch. */
    public static ImageBatches shuffled(LabelledImages images, PixelScale scale, int batchSize, long seed) {
        return new ImageBatches(images, scale, batchSize, seed);
    }

    /** Sets the epoch, from 0, of the next {@link #getData}; each call of that advances it by one. */
    public void startAt(int nextEpoch) {
        epoch = nextEpoch;
    }

    /** The number of batches per epoch. */
    public int batches() {
        return batches;
    }

    /** The number of images per epoch. */
    public int size() {
        return images.count();
    }

    @Override
    public void prepare(@Nullable Progress progress) {
        // the images are in memory
    }

    @Override
    public Iterable<Batch> getData(NDManager manager) {
        int[] order = order(epoch++);
        return () -> new Batches(manager, order);
    }

    @Override
    public Iterable<Batch> getData(NDManager manager, @Nullable ExecutorService executor) {
        return getData(manager);
    }

    private int[] order(int number) {
        int[] order = new int[images.count()];
        if (seed == null) {
            for (int i = 0; i < order.length; i++) {
                order[i] = i;
            }
            return order;
        }
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private final class Batches implements Iterator<Batch> {
        private final NDManager manager;
        private final int[] order;
        private int next;

        private Batches(NDManager manager, int[] order) {
            this.manager = manager;
            this.order = order;
        }

        @Override
        public boolean hasNext() {
            return next < batches;
        }

        @Override
        public Batch next() {
            if (!hasNext()) {
                throw new NoSuchElementException("batch " + next);
            }
            int from = (int) ((long) order.length * next / batches);
            int to = (int) ((long) order.length * (next + 1) / batches);
            next++;
            int size = images.imageSize();
            float[] pixels = new float[(to - from) * size];
            long[] labels = new long[to - from];
            for (int i = from; i < to; i++) {
                scale.scale(images, order[i], pixels, (i - from) * size);
                labels[i - from] = images.labels()[order[i]];
            }
            NDManager own = manager.newSubManager();
            Shape shape = new Shape(to - from, images.channels(), images.height(), images.width());
            return new Batch(
                    own,
                    new NDList(own.create(pixels, shape)),
                    labels(own, labels, from, to),
                    to - from,
                    Batchifier.STACK,
                    Batchifier.STACK,
                    next,
                    batches);
        }

        private NDList labels(NDManager own, long[] labels, int from, int to) {
            NDList list = new NDList(own.create(labels));
            images.targets().ifPresent(targets -> {
                int outputs = targets.rows();
                double[] rows = new double[(to - from) * outputs];
                for (int i = from; i < to; i++) {
                    System.arraycopy(targets.data(), order[i] * outputs, rows, (i - from) * outputs, outputs);
                }
                list.add(own.create(rows, new Shape(to - from, outputs)));
            });
            return list;
        }
    }
}
