package io.github.collapse4j.stats;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Joins arrays, so that they can be compared as one. */
final class Numbers {
    private Numbers() {}

    static double[] join(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(DoubleStream::of).toArray();
    }

    static double[] of(long[] counts) {
        return Arrays.stream(counts).mapToDouble(c -> c).toArray();
    }
}
