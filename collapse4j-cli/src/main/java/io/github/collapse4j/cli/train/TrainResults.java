package io.github.collapse4j.cli.train;

import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.djl.train.Outcome;
import io.github.collapse4j.io.image.ImageSplits;
import java.util.List;
import java.util.Optional;

/**
 * The results of {@code train}.
 *
 * @param images the images used
 * @param loss the loss that all networks are trained with
 * @param networks the outcome of each network, in the order of training
 * @param unlogged in one line, what kept epochs from being logged to a server
 */
record TrainResults(ImageSplits images, StatedLoss loss, List<Network> networks, Optional<String> unlogged) {
    /**
     * One network.
     *
     * @param name short and unique, such as {@code etf-d10-s0}; also the name of its folder
     * @param title title for readers
     * @param outcome its outcome
     */
    record Network(String name, String title, Outcome outcome) {}
}
