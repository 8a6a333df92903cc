package io.github.collapse4j.model;

import java.util.Arrays;

/** Common operations of losses with parameters for each group. */
final class Traits {
    private Traits() {}

    static double[] joined(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }

    static void requireGroups(int expected, ClassCounts counts) {
        if (counts.classes() != expected) {
            throw new IllegalArgumentException("counts: expected a count for each of the loss's " + expected
                    + " groups, found " + counts.classes());
        }
    }
}
