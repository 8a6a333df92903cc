package io.github.collapse4j.io.image;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Splits off a seeded random part of each class for testing. */
public final class HeldOut {
    private HeldOut() {}

    /**
     * Uses the same number of training images per class, or all but {@code share} of a class if that is fewer.
     *
     * @param share the share of the smallest class that is held out, above 0 and below 1
     */
    public static ImageSplits balanced(String name, LabelledImages images, double share, long seed) {
        int[] counts = counts(images);
        int smallest = Arrays.stream(counts).min().orElse(0);
        int perClass = Math.max(1, (int) Math.round(smallest * (1 - share)));
        int[] quota = new int[counts.length];
        Arrays.fill(quota, perClass);
        return split(name, images, quota, seed);
    }

    /** Holds out {@code share} of each class. */
    public static ImageSplits stratified(String name, LabelledImages images, double share, long seed) {
        int[] quota = counts(images);
        for (int k = 0; k < quota.length; k++) {
            quota[k] = Math.max(1, (int) Math.round(quota[k] * (1 - share)));
        }
        return split(name, images, quota, seed);
    }

    private static int[] counts(LabelledImages images) {
        int[] counts = new int[images.classes()];
        for (int label : images.labels()) {
            counts[label]++;
        }
        return counts;
    }

    private static ImageSplits split(String name, LabelledImages images, int[] quota, long seed) {
        int[] order = shuffled(images.count(), seed);
        int[] taken = new int[quota.length];
        int[] train = new int[images.count()];
        int[] test = new int[images.count()];
        int trained = 0;
        int tested = 0;
        for (int index : order) {
            int label = images.labels()[index];
            if (taken[label] < quota[label]) {
                taken[label]++;
                train[trained++] = index;
            } else {
                test[tested++] = index;
            }
        }
        return new ImageSplits(
                name, images.select(Arrays.copyOf(train, trained)), images.select(Arrays.copyOf(test, tested)));
    }

    private static int[] shuffled(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
