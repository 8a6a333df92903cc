package io.github.collapse4j.model;

import io.github.collapse4j.linalg.SeededRandom;
import java.util.random.RandomGenerator;

/**
 * Numbered random points of a model: point i depends only on the seed and i.
 *
 * @param seed the seed
 */
public record RandomStarts(long seed) {
    /** A point with normal entries, scaled so that logits are of order one. */
    public UfmPoint point(UfmModel model, long index) {
        return model.randomPoint(generator(index), scale(model));
    }

    /** The generator for a start. */
    RandomGenerator generator(long index) {
        return SeededRandom.of(seed * 1_000_003L + index);
    }

    /** The standard deviation of entries for which the logits of a random point are of order one. */
    public static double scale(UfmModel model) {
        double perClass =
                (double) model.problem().counts().samples() / model.problem().classes();
        return Math.pow(perClass / model.problem().featureDimension(), 0.25);
    }
}
