package io.github.collapse4j.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.OptionalDouble;

/** A K×M table with a number for each output and group of samples, such as a target; stored or given by a rule. */
sealed interface Entries extends Serializable {
    /** The number for one entry of a column. */
    double at(int entry, Column column);

    /** The number for an output and a group of the ordinary model. */
    double of(int output, int group);

    /** K. */
    int outputs();

    /** M. */
    int groups();

    /** The maximum. */
    double largest();

    /** The minimum, or a lower bound on it. */
    double smallest();

    /** All numbers that belong to a group. */
    double[] parameters(int group);

    /** Whether groups are classes, which are alike but for their numbers. */
    boolean isOfClasses();

    /** What distinguishes a class from others of the same count; a group with targets of its own is like no other. */
    double[] traits(int label);

    /**
     * By how much a class's number for its own output exceeds that for another class with the same traits; empty if
     * groups are not classes.
     */
    OptionalDouble advantage(int label);

    /** The numbers of groups of classes, each with the mean of its members; only if groups are classes. */
    Entries merged(int[][] members);

    /** The own output of each group, or else that of its largest number. */
    int[] largestOutputs();

    /** {@code Σ_m n_m x_km} for each output k. */
    double[] sums(ClassCounts counts);

    /**
     * For groups that are classes: a product for every output other than the own one, and a number for the own one.
     *
     * @param others a factor for each output, for classes other than its own
     * @param classes a factor for each class
     * @param own the number for each class's own output
     */
    record OfClasses(double[] others, double[] classes, double[] own) implements Entries {
        /** The same number for all outputs other than the own one. */
        static OfClasses of(double other, double[] own) {
            double[] others = new double[own.length];
            double[] ones = new double[own.length];
            Arrays.fill(others, other);
            Arrays.fill(ones, 1);
            return new OfClasses(others, ones, own);
        }

        /** The same number for all outputs of a class. */
        static OfClasses ofColumns(double[] classes) {
            double[] ones = new double[classes.length];
            Arrays.fill(ones, 1);
            return new OfClasses(ones, classes, classes);
        }

        @Override
        public double at(int entry, Column column) {
            int label = column.group();
            return entry == column.own() ? own[label] : others[entry] * classes[label];
        }

        @Override
        public double of(int output, int group) {
            return output == group ? own[group] : others[output] * classes[group];
        }

        @Override
        public int outputs() {
            return others.length;
        }

        @Override
        public int groups() {
            return own.length;
        }

        @Override
        public double largest() {
            double other = largest(others) * largest(classes);
            return Math.max(other, largest(own));
        }

        @Override
        public double smallest() {
            double other = smallest(others) * smallest(classes);
            return Math.min(other, smallest(own));
        }

        private static double largest(double[] numbers) {
            return Arrays.stream(numbers).max().orElseThrow();
        }

        private static double smallest(double[] numbers) {
            return Arrays.stream(numbers).min().orElseThrow();
        }

        @Override
        public double[] sums(ClassCounts counts) {
            double all = 0;
            for (int m = 0; m < own.length; m++) {
                all += counts.count(m) * classes[m];
            }
            double[] sums = new double[own.length];
            for (int k = 0; k < sums.length; k++) {
                double rest = Math.max(0, all - counts.count(k) * classes[k]);
                sums[k] = others[k] * rest + counts.count(k) * own[k];
            }
            return sums;
        }

        @Override
        public int[] largestOutputs() {
            int[] own = new int[groups()];
            Arrays.setAll(own, k -> k);
            return own;
        }

        @Override
        public double[] parameters(int group) {
            return traits(group);
        }

        @Override
        public boolean isOfClasses() {
            return true;
        }

        @Override
        public double[] traits(int label) {
            return new double[] {others[label], classes[label], own[label]};
        }

        @Override
        public OptionalDouble advantage(int label) {
            return OptionalDouble.of(own[label] - others[label] * classes[label]);
        }

        @Override
        public OfClasses merged(int[][] members) {
            return new OfClasses(means(others, members), means(classes, members), means(own, members));
        }

        /** The mean over each group; exact if all numbers of a group are equal. */
        static double[] means(double[] numbers, int[][] members) {
            double[] means = new double[members.length];
            for (int g = 0; g < means.length; g++) {
                double first = numbers[members[g][0]];
                double rest = 0;
                for (int k : members[g]) {
                    rest += numbers[k] - first;
                }
                means[g] = first + rest / members[g].length;
            }
            return means;
        }
    }

    /**
     * A K×M table, column by column.
     *
     * @param outputs K
     * @param numbers K·M
     */
    record Table(int outputs, double[] numbers) implements Entries {
        static Table of(int outputs, int groups, EntryOf entry) {
            double[] numbers = new double[Math.multiplyExact(outputs, groups)];
            for (int m = 0; m < groups; m++) {
                for (int k = 0; k < outputs; k++) {
                    numbers[m * outputs + k] = entry.applyAsDouble(k, m);
                }
            }
            return new Table(outputs, numbers);
        }

        /** A number for an output and a group. */
        @FunctionalInterface
        interface EntryOf {
            double applyAsDouble(int output, int group);
        }

        @Override
        public double[] parameters(int group) {
            return Arrays.copyOfRange(numbers, group * outputs, (group + 1) * outputs);
        }

        @Override
        public boolean isOfClasses() {
            return false;
        }

        @Override
        public double[] traits(int label) {
            return new double[] {label};
        }

        @Override
        public OptionalDouble advantage(int label) {
            return OptionalDouble.empty();
        }

        @Override
        public Entries merged(int[][] members) {
            throw new UnsupportedOperationException("groups with targets of their own cannot be merged");
        }

        @Override
        public double at(int entry, Column column) {
            return numbers[column.group() * outputs + entry];
        }

        @Override
        public double of(int output, int group) {
            return numbers[group * outputs + output];
        }

        @Override
        public int groups() {
            return numbers.length / outputs;
        }

        @Override
        public double largest() {
            return Arrays.stream(numbers).max().orElseThrow();
        }

        @Override
        public double smallest() {
            return Arrays.stream(numbers).min().orElseThrow();
        }

        @Override
        public double[] sums(ClassCounts counts) {
            double[] sums = new double[outputs];
            for (int m = 0; m < groups(); m++) {
                for (int k = 0; k < outputs; k++) {
                    sums[k] += counts.count(m) * of(k, m);
                }
            }
            return sums;
        }

        @Override
        public int[] largestOutputs() {
            int[] largest = new int[groups()];
            for (int m = 0; m < largest.length; m++) {
                for (int k = 1; k < outputs; k++) {
                    largest[m] = of(k, m) > of(largest[m], m) ? k : largest[m];
                }
            }
            return largest;
        }
    }
}
