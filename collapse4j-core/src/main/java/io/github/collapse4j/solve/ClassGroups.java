package io.github.collapse4j.solve;

import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.UfmProblem;
import java.util.Arrays;
import java.util.Comparator;
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

    /** The groups of exchangeable classes: of equal counts and, for the loss, equal {@link Loss#traits}. */
    public static ClassGroups of(UfmProblem problem) {
        return problem.loss().isPlain() ? of(problem.counts()) : of(problem.counts(), problem.loss());
    }

    private static ClassGroups of(ClassCounts classCounts, Loss loss) {
        int classes = classCounts.classes();
        double[][] traits = new double[classes][];
        Arrays.setAll(traits, loss::traits);
        Comparator<Integer> order = Comparator.<Integer>comparingLong(k -> -classCounts.count(k))
                .thenComparing((j, k) -> Arrays.compare(traits[j], traits[k]));
        int[] sorted = IntStream.range(0, classes)
                .boxed()
                .sorted(order)
                .mapToInt(Integer::intValue)
                .toArray();
        int[] groupOf = new int[classes];
        int[] firsts = new int[classes];
        int groups = 0;
        for (int i = 0; i < classes; i++) {
            if (i == 0 || order.compare(sorted[i - 1], sorted[i]) != 0) {
                firsts[groups++] = sorted[i];
            }
            groupOf[sorted[i]] = groups - 1;
        }
        int[] sizes = new int[groups];
        for (int group : groupOf) {
            sizes[group]++;
        }
        double[] counts =
                Arrays.stream(firsts, 0, groups).mapToDouble(classCounts::count).toArray();
        return new ClassGroups(sizes, counts, groupOf, classCounts.samples());
    }

    /** The groups of equal counts. */
    public static ClassGroups of(ClassCounts classCounts) {
        long[] distinct = distinct(classCounts.toArray());
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

    /** The distinct numbers, ascending; a stream would box each of them. */
    private static long[] distinct(long[] numbers) {
        Arrays.sort(numbers);
        int found = 0;
        for (long number : numbers) {
            if (found == 0 || number != numbers[found - 1]) {
                numbers[found++] = number;
            }
        }
        return Arrays.copyOf(numbers, found);
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

    /** The loss of groups, each with the mean parameters of its classes. */
    public Loss lossOfGroups(Loss loss) {
        return loss.isPlain() ? loss : loss.merged(members());
    }

    /** The classes of each group. */
    int[][] members() {
        int[][] members = new int[groups()][];
        int[] filled = new int[groups()];
        for (int g = 0; g < members.length; g++) {
            members[g] = new int[sizes[g]];
        }
        for (int k = 0; k < classes(); k++) {
            int g = groupOf[k];
            members[g][filled[g]++] = k;
        }
        return members;
    }

    /** For each group of a finer grouping the group of this one that it belongs to. */
    int[] parents(ClassGroups finer) {
        int[] parents = new int[finer.groups()];
        for (int k = 0; k < groupOf.length; k++) {
            parents[finer.groupOf()[k]] = groupOf[k];
        }
        return parents;
    }
}
