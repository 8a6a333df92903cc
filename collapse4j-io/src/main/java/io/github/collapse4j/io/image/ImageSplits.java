package io.github.collapse4j.io.image;

/**
 * Training and test images of the same size and classes.
 *
 * @param name display name of the data set
 * @param train training images, of every class
 * @param test test images; may lack some classes
 */
public record ImageSplits(String name, LabelledImages train, LabelledImages test) {
    /** K. */
    public int classes() {
        return train.classes();
    }
}
