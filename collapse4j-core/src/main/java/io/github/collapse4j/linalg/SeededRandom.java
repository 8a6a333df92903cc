package io.github.collapse4j.linalg;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The generator of random numbers of this library: the same numbers from the same seed, on every machine and release. */
public final class SeededRandom {
    private static final String ALGORITHM = "L64X128MixRandom";

    private SeededRandom() {}

    /** A generator at its beginning. Not thread-safe. */
    public static RandomGenerator of(long seed) {
        return RandomGeneratorFactory.of(ALGORITHM).create(seed);
    }
}
