package io.github.collapse4j.djl.train;

import io.github.collapse4j.djl.data.ImageBatches;
import io.github.collapse4j.djl.data.PixelScale;
import io.github.collapse4j.io.image.HeldOut;
import io.github.collapse4j.io.image.ImageSplits;
import io.github.collapse4j.io.image.LabelledImages;

/**
 * What is measured with: all images at the end, and after every epoch at most so many that it costs little beside the
 * epoch, with the same shares of the classes.
 */
record ProbeSets(ImageSplits images, PixelScale scale, LabelledImages someTrain, LabelledImages someTestImages) {
    private static final int MOST = 3_000;
    private static final int MOST_ENTRIES = 600_000;
    private static final int LEAST_PER_CLASS = 20;
    private static final int AT_ONCE = 1_000;

    /** Fewer images where they have many features: measuring takes time in proportion to both. */
    static ProbeSets of(ImageSplits images, int featureDimension) {
        int most = Math.max(LEAST_PER_CLASS * images.classes(), Math.min(MOST, MOST_ENTRIES / featureDimension));
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
        return ImageBatches.inOrder(which, scale, AT_ONCE);
    }
}
