package io.github.collapse4j.testkit;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A random generator with its seed. Include it, or its {@link #toString()}, in every failure message.
 *
 * @param seed determines every number that comes from {@link #random()}
 * @param random the generator
 */
public record Seeded(long seed, RandomGenerator random) {
    /** Creates a generator from a seed. */
    public static Seeded of(long seed) {
        return new Seeded(seed, RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    }

    /** Creates generators with the seeds {@code first, first + 1, …}. */
    public static Stream<Seeded> range(long first, int count) {
        return LongStream.range(first, first + count).mapToObj(Seeded::of);
    }

    /** Independent normal numbers with mean 0. */
    public double[] gaussian(int length, double standardDeviation) {
        double[] numbers = new double[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = standardDeviation * random.nextGaussian();
        }
        return numbers;
    }

    /** A log-uniform number between {@code from} and {@code to}. */
    public double logUniform(double from, double to) {
        return from * Math.pow(to / from, random.nextDouble());
    }

    /** A uniform integer between {@code from} and {@code to}, inclusive. */
    public int between(int from, int to) {
        return random.nextInt(from, to + 1);
    }

    @Override
    public String toString() {
        return "seed " + seed;
    }
}
