package io.github.collapse4j.plan;

import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.TrainingLoss;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Counts in which neighbouring ones are replaced by their mean, rounded, so that there are few different ones.
 *
 * @param counts the counts, in the order of the classes
 * @param ratio the largest factor between counts of classes that have the same one now; 1 if nothing was replaced
 */
public record CoarseCounts(ClassCounts counts, double ratio) {
    private static final double FINEST = 1.02;

    /** At most {@code groups} different counts, or the given ones if they are few enough. */
    public static CoarseCounts of(ClassCounts given, int groups) {
        long[] counts = given.toArray();
        if (Arrays.stream(counts).distinct().count() <= groups) {
            return new CoarseCounts(given, 1);
        }
        int[] order = IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingLong(k -> -counts[k]))
                .mapToInt(Integer::intValue)
                .toArray();
        double ratio = FINEST;
        int[] ends = ends(counts, order, ratio);
        while (ends.length > groups) {
            ratio *= FINEST;
            ends = ends(counts, order, ratio);
        }
        double widest = 1;
        int first = 0;
        long[] coarse = new long[counts.length];
        for (int end : ends) {
            double mean = 0;
            for (int i = first; i < end; i++) {
                mean += (double) counts[order[i]] / (end - first);
            }
            widest = Math.max(widest, (double) counts[order[first]] / counts[order[end - 1]]);
            for (int i = first; i < end; i++) {
                coarse[order[i]] = Math.round(mean);
            }
            first = end;
        }
        return new CoarseCounts(ClassCounts.of(coarse), widest);
    }

    /** A loss whose weights and margins are their means over the classes of equal counts; the given one if nothing was replaced. */
    public TrainingLoss of(TrainingLoss loss) {
        return ratio == 1
                ? loss
                : new TrainingLoss(
                        loss.kind(),
                        loss.smoothing(),
                        loss.classWeights().map(this::means),
                        loss.logitAdjustment(),
                        loss.margins().map(this::means),
                        loss.positiveWeights().map(this::means));
    }

    private double[] means(double[] numbers) {
        double[] means = new double[numbers.length];
        int[][] members =
                IntStream.range(0, numbers.length)
                        .boxed()
                        .collect(Collectors.groupingBy(counts::count))
                        .values()
                        .stream()
                        .map(classes ->
                                classes.stream().mapToInt(Integer::intValue).toArray())
                        .toArray(int[][]::new);
        for (int[] classes : members) {
            double mean = Arrays.stream(classes)
                    .mapToDouble(k -> numbers[k])
                    .average()
                    .orElseThrow();
            Arrays.stream(classes).forEach(k -> means[k] = mean);
        }
        return means;
    }

    /** The ends of runs of counts that lie within a ratio. */
    private static int[] ends(long[] counts, int[] order, double ratio) {
        return IntStream.iterate(0, first -> first < order.length, first -> end(counts, order, ratio, first))
                .map(first -> end(counts, order, ratio, first))
                .toArray();
    }

    private static int end(long[] counts, int[] order, double ratio, int first) {
        int end = first + 1;
        while (end < order.length && counts[order[first]] <= ratio * counts[order[end]]) {
            end++;
        }
        return end;
    }
}
