package io.github.collapse4j.cli.train;

import io.github.collapse4j.djl.train.Outcome;
import io.github.collapse4j.io.image.ImageSplits;
import java.util.List;

/**
 * What {@code train} has done.
 *
 * @param images what it was done with
 * @param networks what became of each network, in the order of training
 */
record TrainResults(ImageSplits images, List<Network> networks) {
    /**
     * One network.
     *
     * @param name short and unique, such as {@code etf-d10-s0}, also that of its folder
     * @param title for people
     * @param outcome what became of it
     */
    record Network(String name, String title, Outcome outcome) {}
}
