package io.github.collapse4j.io.image;

import io.github.collapse4j.linalg.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Equal-sized images in memory, each with a class label.
 *
 * @param channels 1 for grey, 3 for red, green and blue
 * @param height rows of pixels
 * @param width pixels per row
 * @param pixels unsigned bytes in the order image, channel, row, column
 * @param labels the class of each image, from 0
 * @param targets what a network is trained to output for each image, {@code K×N}, if not its class
 */
public record LabelledImages(
        int channels, int height, int width, byte[] pixels, int[] labels, Optional<Matrix> targets) {
    public LabelledImages {
        if (targets.isPresent() && targets.get().columns() != labels.length) {
            throw new IllegalArgumentException("targets: expected K×N with N = " + labels.length + " images, found "
                    + targets.get().rows() + "×" + targets.get().columns());
        }
        long expected = (long) channels * height * width * labels.length;
        if (channels < 1 || height < 1 || width < 1 || pixels.length != expected) {
            throw new IllegalArgumentException("pixels: expected " + labels.length + " images of " + channels + "×"
                    + height + "×" + width + ", found " + pixels.length + " bytes");
        }
    }

    /** Images with labels alone. */
    public LabelledImages(int channels, int height, int width, byte[] pixels, int[] labels) {
        this(channels, height, width, pixels, labels, Optional.empty());
    }

    /** Returns the same images with targets, {@code K×N} (not copied). */
    public LabelledImages withTargets(Matrix wanted) {
        return new LabelledImages(channels, height, width, pixels, labels, Optional.of(wanted));
    }

    /** The number of images. */
    public int count() {
        return labels.length;
    }

    /** Pixel values per image, over all channels. */
    public int imageSize() {
        return channels * height * width;
    }

    /** The largest label plus one, or 0 if there are no images. */
    public int classes() {
        int largest = -1;
        for (int label : labels) {
            largest = Math.max(largest, label);
        }
        return largest + 1;
    }

    /** Copies the images with these indices, in this order. */
    public LabelledImages select(int[] indices) {
        int size = imageSize();
        byte[] some = new byte[Math.multiplyExact(indices.length, size)];
        int[] theirs = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(pixels, indices[i] * size, some, i * size, size);
            theirs[i] = labels[indices[i]];
        }
        return new LabelledImages(channels, height, width, some, theirs, targets.map(all -> columns(all, indices)));
    }

    private static Matrix columns(Matrix all, int[] indices) {
        Matrix some = Matrix.zeros(all.rows(), indices.length);
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(all.data(), indices[i] * all.rows(), some.data(), i * all.rows(), all.rows());
        }
        return some;
    }

    /** The same images with 1-based labels made 0-based. */
    LabelledImages countedFromZero() {
        return new LabelledImages(
                channels,
                height,
                width,
                pixels,
                Arrays.stream(labels).map(label -> label - 1).toArray());
    }

    /** Whether there is no image of class 0. */
    boolean lacksClassZero() {
        return Arrays.stream(labels).noneMatch(label -> label == 0);
    }

    /** Concatenates images with labels alone, which must be of the same size. */
    public static LabelledImages join(List<LabelledImages> parts) {
        LabelledImages first = parts.get(0);
        int count = 0;
        for (LabelledImages part : parts) {
            if (!part.shape().equals(first.shape())) {
                throw new IllegalArgumentException("expected images of " + first.shape() + ", found " + part.shape());
            }
            count = Math.addExact(count, part.count());
        }
        byte[] pixels = new byte[Math.multiplyExact(count, first.imageSize())];
        int[] labels = new int[count];
        int done = 0;
        for (LabelledImages part : parts) {
            System.arraycopy(part.pixels, 0, pixels, done * first.imageSize(), part.pixels.length);
            System.arraycopy(part.labels, 0, labels, done, part.count());
            done += part.count();
        }
        return new LabelledImages(first.channels, first.height, first.width, pixels, labels);
    }

    /** Channels × height × width, for messages. */
    public String shape() {
        return channels + "×" + height + "×" + width;
    }
}
