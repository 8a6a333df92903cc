package io.github.collapse4j.landscape;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A positive quantity along a run, at increasing iterations.
 *
 * @param iterations iteration numbers
 * @param values the quantity there
 */
public record Trace(int[] iterations, double[] values) {
    /**
     * The mean slope of log(value) per iteration between the first and last points whose value is in the range; empty
     * if fewer than two are.
     */
    public OptionalDouble logSlope(double lowest, double highest) {
        int first = -1;
        int last = -1;
        for (int i = 0; i < values.length; i++) {
            if (values[i] >= lowest && values[i] <= highest) {
                first = first < 0 ? i : first;
                last = i;
            }
        }
        return last <= first
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        (Math.log(values[last]) - Math.log(values[first])) / (iterations[last] - iterations[first]));
    }

    /** The first iteration at which the value is at least {@code level}; empty if there is none. */
    public OptionalInt firstAtLeast(double level) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] >= level) {
                return OptionalInt.of(iterations[i]);
            }
        }
        return OptionalInt.empty();
    }

    /** The first {@code size} points. */
    public Trace head(int size) {
        return new Trace(Arrays.copyOf(iterations, size), Arrays.copyOf(values, size));
    }

    /** At most {@code size} of the points, evenly spaced, including the first and the last. */
    public Trace thin(int size) {
        if (values.length <= size) {
            return this;
        }
        int[] kept = new int[size];
        double[] at = new double[size];
        for (int i = 0; i < size; i++) {
            int from = (int) ((long) i * (values.length - 1) / (size - 1));
            kept[i] = iterations[from];
            at[i] = values[from];
        }
        return new Trace(kept, at);
    }

    /** Builds a trace. */
    static final class Builder {
        private int[] iterations = new int[256];
        private double[] values = new double[256];
        private int size;

        void add(int iteration, double value) {
            if (size == values.length) {
                iterations = Arrays.copyOf(iterations, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            iterations[size] = iteration;
            values[size++] = value;
        }

        Trace build() {
            return new Trace(Arrays.copyOf(iterations, size), Arrays.copyOf(values, size));
        }
    }
}
