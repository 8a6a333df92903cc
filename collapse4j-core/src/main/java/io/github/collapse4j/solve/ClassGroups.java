package io.github.collapse4j.solve;

import io.github.collapse4j.model.ClassCounts;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Classes gathered into groups of equal counts, largest counts first; the classes of a group are exchangeable
 * (docs/theory.md §6). A coarse grouping, whose counts are means of unequal ones, is a smaller problem close to the
 * true one.
 *
 * @param sizes m_g, the number of classes in group g
 * @param counts n_g, the number of samples of each of its classes
 * @param groupOf the group of each class
 * @param samples N
 */
public record ClassGroups(int[] sizes, double[] counts, int[] groupOf, double samples) {

    /** The groups of equal counts. */
    public static ClassGroups of(ClassCounts classCounts) {
        long[] distinct =
                Arrays.stream(classCounts.toArray()).sorted().distinct().toArray();
        int groups = distinct.length;
        int[] groupOf = new int[classCounts.classes()];
        int[] sizes = new int[groups];
        for (int k = 0; k < groupOf.length; k++) {
            int g = groups - 1 - Arrays.binarySearch(distinct, classCounts.count(k));
            groupOf[k] = g;
            sizes[g]++;
        }
        double[] counts = IntStream.range(0, groups)
                .mapToDouble(g -> distinct[groups - 1 - g])
                .toArray();
        return new ClassGroups(sizes, counts, groupOf, classCounts.samples());
    }

    /** The number of groups G. */
    public int groups() {
        return sizes.length;
    }

    /** The number of classes K. */
    public int classes() {
        return groupOf.length;
    }

    /**
     * About {@code target} groups of neighbouring counts with at least two classes each; N is preserved. Returns this
     * grouping if the result would hardly be smaller.
     */
    ClassGroups coarsen(int target) {
        int perGroup = Math.max(2, (classes() + target - 1) / target);
        int[] coarse = new int[groups()];
        int next = 0;
        int filled = 0;
        for (int g = 0; g < groups(); g++) {
            coarse[g] = next;
            filled += sizes[g];
            if (filled >= perGroup) {
                next++;
                filled = 0;
            }
        }
        // A last group of one class would have nothing to be exchanged with: it joins its neighbour.
        if (filled == 1 && next > 0) {
            coarse[groups() - 1] = next - 1;
        }
        if (2 * (coarse[groups() - 1] + 1) > groups()) {
            return this;
        }
        return merged(coarse);
    }

    /**
     * The fewest groups in which the largest count is at most {@code ratio} times the smallest; N is preserved. Returns
     * this grouping if no two of its groups are that close.
     */
    ClassGroups withinRatio(double ratio) {
        int[] coarse = new int[groups()];
        int first = 0;
        for (int g = 1; g < groups(); g++) {
            boolean joins = counts[first] <= ratio * counts[g];
            coarse[g] = joins ? coarse[g - 1] : coarse[g - 1] + 1;
            first = joins ? first : g;
        }
        return coarse[groups() - 1] == groups() - 1 ? this : merged(coarse);
    }

    /** Merges groups, where {@code coarse[g]} is ascending in g; counts become means. */
    private ClassGroups merged(int[] coarse) {
        int size = coarse[groups() - 1] + 1;
        int[] newSizes = new int[size];
        double[] newCounts = new double[size];
        for (int g = 0; g < groups(); g++) {
            newSizes[coarse[g]] += sizes[g];
            newCounts[coarse[g]] += sizes[g] * counts[g];
        }
        for (int g = 0; g < size; g++) {
            newCounts[g] /= newSizes[g];
        }
        int[] newGroupOf = new int[classes()];
        for (int k = 0; k < newGroupOf.length; k++) {
            newGroupOf[k] = coarse[groupOf[k]];
        }
        return new ClassGroups(newSizes, newCounts, newGroupOf, samples);
    }

    /** For each group of a finer grouping, the group of this one that contains it. */
    int[] parents(ClassGroups finer) {
        int[] parents = new int[finer.groups()];
        for (int k = 0; k < groupOf.length; k++) {
            parents[finer.groupOf()[k]] = groupOf[k];
        }
        return parents;
    }
}
