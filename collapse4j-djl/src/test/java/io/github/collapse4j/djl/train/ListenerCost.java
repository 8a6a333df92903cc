package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.ProbedLayer;
import io.github.collapse4j.djl.network.Networks.HeadKind;
import io.github.collapse4j.io.image.ImageSplits;
import io.github.collapse4j.io.image.LabelledImages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Measures the listener's overhead in an epoch with as many images as MNIST (random ones, 28×28): the time from the
 * last step of an epoch until the last layer is measured, relative to the time of the steps. Arguments: feature
 * dimensions.
 */
public final class ListenerCost {
    private static final int IMAGES = 60_000;
    private static final int EPOCHS = 7;
    private static final int WARM = 2;

    private ListenerCost() {}

    /** Runs the benchmark. */
    public static void main(String[] dimensions) throws IOException {
        ImageSplits images = new ImageSplits("random images", random(IMAGES), random(1_000));
        for (String d : dimensions) {
            Clock clock = new Clock();
            Recipe recipe = Recipe.defaults(IMAGES)
                    .withHead(Integer.parseInt(d), HeadKind.learned, true)
                    .withEpochs(EPOCHS, 128);
            new TrainingRun(recipe, images, clock, Optional.empty()).run();
            System.out.printf(Locale.ROOT, "d = %s: %s%n", d, clock.report());
        }
    }

    private static LabelledImages random(int count) {
        Random random = new Random(count);
        byte[] pixels = new byte[count * 28 * 28];
        random.nextBytes(pixels);
        int[] labels = new int[count];
        for (int j = 0; j < count; j++) {
            labels[j] = j % 10;
            pixels[j * 28 * 28 + labels[j]] = 127; // something to learn
        }
        return new LabelledImages(1, 28, 28, pixels, labels);
    }

    private static final class Clock implements TrainingObserver {
        private final List<Double> steps = new ArrayList<>();
        private final List<Double> listener = new ArrayList<>();
        private long epochBegan = System.nanoTime();
        private long lastStep;

        @Override
        public void onStep(long step, long all, double loss) {
            lastStep = System.nanoTime();
        }

        @Override
        public void onLayer(int epoch, ProbedLayer layer) {
            steps.add((lastStep - epochBegan) * 1e-9);
            listener.add((System.nanoTime() - lastStep) * 1e-9);
        }

        @Override
        public void onEpoch(EpochRecord epoch) {
            epochBegan = System.nanoTime();
        }

        String report() {
            StringBuilder text = new StringBuilder();
            for (int e = WARM; e < steps.size(); e++) {
                text.append(String.format(
                        Locale.ROOT,
                        "%s%.2f s + %.0f ms = %.1f %%",
                        e == WARM ? "" : "; ",
                        steps.get(e),
                        listener.get(e) * 1e3,
                        100 * listener.get(e) / steps.get(e)));
            }
            return text.toString();
        }
    }
}
