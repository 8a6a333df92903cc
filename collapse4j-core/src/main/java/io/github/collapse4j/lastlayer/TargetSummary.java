package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.stats.DoubledSums;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A summary of the targets of all samples, from one pass over them.
 *
 * @param samples N
 * @param mean {@code K×1}; all that the largest bias of a minimum depends on
 * @param groups the distinct targets; empty if they are more than {@link #MOST_GROUPS}
 */
public record TargetSummary(long samples, Matrix mean, Optional<Groups> groups) {
    /** Maximum number of distinct targets that are distinguished. */
    public static final int MOST_GROUPS = 300;

    private static final int ENTRIES_PER_BLOCK = 1 << 18;

    /**
     * Samples with equal targets, whose features are equal at every critical point.
     *
     * @param targets {@code K×M}, distinct columns in the order of their first sample
     * @param counts number of samples of each
     */
    public record Groups(Matrix targets, ClassCounts counts) {}

    /** @throws IllegalArgumentException if there are no targets, or they are not those of such a loss */
    public static TargetSummary of(SampleTargets targets, TrainingLoss.Kind kind) {
        int outputs = targets.outputs();
        long samples = targets.samples();
        if (outputs == 0 || samples == 0) {
            throw new IllegalArgumentException("targets: expected a row for each sample and a column for each output,"
                    + " found " + samples + "×" + outputs);
        }
        DoubledSums sums = new DoubledSums(outputs);
        Map<Target, Long> counts = new LinkedHashMap<>();
        int most = Math.max(1, ENTRIES_PER_BLOCK / outputs);
        for (long first = 0; first < samples; first += most) {
            int count = (int) Math.min(most, samples - first);
            Matrix block = Matrix.zeros(outputs, count);
            targets.read(first, count, block.data());
            TrainingLoss.requireTargets(kind, block, first);
            for (int j = 0; j < count; j++) {
                double[] target = block.column(j);
                sums.add(target);
                if (counts.size() <= MOST_GROUPS) {
                    counts.merge(Target.of(target), 1L, Long::sum);
                }
            }
        }
        double[] mean = sums.values();
        Arrays.setAll(mean, k -> mean[k] / samples);
        return new TargetSummary(
                samples,
                Matrix.wrap(outputs, 1, mean),
                counts.size() > MOST_GROUPS ? Optional.empty() : Optional.of(groups(outputs, counts)));
    }

    private static Groups groups(int outputs, Map<Target, Long> counts) {
        Matrix targets = Matrix.zeros(outputs, counts.size());
        int at = 0;
        for (Target target : counts.keySet()) {
            System.arraycopy(target.entries, 0, targets.data(), at, outputs);
            at += outputs;
        }
        return new Groups(
                targets,
                ClassCounts.of(
                        counts.values().stream().mapToLong(Long::longValue).toArray()));
    }

    /** A target as a key. */
    private static final class Target {
        private final double[] entries;

        private Target(double[] entries) {
            this.entries = entries;
        }

        /** The sum with 0 makes negative zeros positive. */
        static Target of(double[] entries) {
            double[] key = new double[entries.length];
            Vectors.add(1, entries, key);
            return new Target(key);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Target that && Arrays.equals(entries, that.entries);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(entries);
        }
    }
}
