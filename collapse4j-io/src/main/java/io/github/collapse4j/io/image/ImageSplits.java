package io.github.collapse4j.io.image;

/**
 * Images to train with and images to test with, of the same size and the same classes.
 *
 * @param name of the data set, for people
 * @param train has every class
 * @param test may be without some
 */
public record ImageSplits(String name, LabelledImages train, LabelledImages test) {
    /** K. */
    public int classes() {
        return train.classes();
    }
}
