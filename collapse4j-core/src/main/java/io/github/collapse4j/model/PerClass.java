package io.github.collapse4j.model;

import java.util.Arrays;
import java.util.Optional;

/** Numbers given for each class, such as weights or margins: defaults and checks. */
final class PerClass {
    private PerClass() {}

    /** The given numbers, one for each class, or the default for all. */
    static double[] orElse(String name, Optional<double[]> given, int classes, double otherwise) {
        double[] numbers = given.orElseGet(() -> {
            double[] all = new double[classes];
            Arrays.fill(all, otherwise);
            return all;
        });
        if (numbers.length != classes) {
            throw new IllegalArgumentException(
                    name + ": expected one for each of the " + classes + " classes, found " + numbers.length);
        }
        return numbers;
    }

    /** The weight of a sample of each class, {@code N·cw_y/Σ_i cw_{y_i}}; exactly 1 if all class weights are equal. */
    static double[] relativeWeights(Optional<double[]> classWeights, ClassCounts counts) {
        double[] weights = orElse("class weights", classWeights, counts.classes(), 1);
        double largest = Arrays.stream(weights).max().orElseThrow();
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += weights[k] / largest * counts.count(k);
        }
        double[] relative = new double[weights.length];
        for (int k = 0; k < weights.length; k++) {
            relative[k] = weights[k] / largest * (counts.samples() / sum);
            if (!(relative[k] >= Double.MIN_NORMAL)) {
                throw new IllegalArgumentException("class weights: expected ratios in the range of double precision,"
                        + " found " + weights[k] + " of class " + k + " and " + largest);
            }
        }
        return relative;
    }

    static void requireAbove0(String name, double[] numbers) {
        requireAtLeast(name, "above 0", Double.MIN_VALUE, numbers);
    }

    /** Requires finite numbers of at least a minimum, which {@code expected} describes. */
    static void requireAtLeast(String name, String expected, double minimum, double[] numbers) {
        for (int k = 0; k < numbers.length; k++) {
            if (!(numbers[k] >= minimum) || Double.isInfinite(numbers[k])) {
                throw new IllegalArgumentException(
                        name + ": expected finite numbers " + expected + ", found " + numbers[k] + " of class " + k);
            }
        }
    }

    /** Requires finite numbers from 0 to a maximum. */
    static void requireUpTo(String name, double maximum, double[] numbers) {
        requireAtLeast(name, "of at least 0", 0, numbers);
        for (int k = 0; k < numbers.length; k++) {
            if (numbers[k] > maximum) {
                throw new IllegalArgumentException(
                        name + ": expected at most " + maximum + ", found " + numbers[k] + " of class " + k);
            }
        }
    }
}
