package io.github.collapse4j.linalg;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The random number generator of this library: the same seed gives the same numbers on every machine and in every
 * release.
 */
public final class SeededRandom {
    private static final String ALGORITHM = "L64X128MixRandom";

    private SeededRandom() {}

    /** A new generator. Not thread-safe. */
    public static RandomGenerator of(long seed) {
        return RandomGeneratorFactory.of(ALGORITHM).create(seed);
    }
}
