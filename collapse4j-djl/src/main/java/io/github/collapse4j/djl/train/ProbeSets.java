package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.data.ImageBatches;
import io.github.collapse4j.djl.data.PixelScale;
import io.github.collapse4j.io.image.HeldOut;
import io.github.collapse4j.io.image.ImageSplits;
import io.github.collapse4j.io.image.LabelledImages;

/**
 * The images used for measuring: all at the end and, after every epoch, a stratified subset small enough to cost little
 * compared with the epoch.
 */
record ProbeSets(ImageSplits images, PixelScale scale, LabelledImages someTrain, LabelledImages someTestImages) {
    private static final int MAX_IMAGES = 3_000;
    private static final int MAX_ENTRIES = 600_000;
    private static final int MIN_PER_CLASS = 20;
    private static final int BATCH_SIZE = 1_000;

    /** Uses fewer images for a large feature dimension, since the cost of measuring is proportional to both. */
    static ProbeSets of(ImageSplits images, int featureDimension) {
        int most = Math.max(MIN_PER_CLASS * images.classes(), Math.min(MAX_IMAGES, MAX_ENTRIES / featureDimension));
        return new ProbeSets(
                images, PixelScale.of(images.train()), some(images.train(), most), some(images.test(), most));
    }

    private static LabelledImages some(LabelledImages images, int most) {
        return images.count() <= most
                ? images
                : HeldOut.stratified("", images, 1 - (double) most / images.count(), 0)
                        .train();
    }

    ImageBatches train() {
        return inOrder(someTrain);
    }

    ImageBatches someTest() {
        return inOrder(someTestImages);
    }

    ImageBatches allTrain() {
        return inOrder(images.train());
    }

    ImageBatches allTest() {
        return inOrder(images.test());
    }

    private ImageBatches inOrder(LabelledImages which) {
        return ImageBatches.inOrder(which, scale, BATCH_SIZE);
    }
}
