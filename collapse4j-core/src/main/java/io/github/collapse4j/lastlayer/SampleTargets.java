package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.Matrix;

/** A target for each sample in place of a class label, read by rows from a file or from memory. */
public interface SampleTargets {
    /** K. */
    int outputs();

    /** N. */
    long samples();

    /**
     * Reads the targets of consecutive samples, one after the other.
     *
     * @param target its first {@code count·K} entries are overwritten
     * @throws java.io.UncheckedIOException if reading fails
     */
    void read(long first, int count, double[] target);

    /** Targets in memory, {@code K×N} (not copied). */
    static SampleTargets of(Matrix targets) {
        return new SampleTargets() {
            @Override
            public int outputs() {
                return targets.rows();
            }

            @Override
            public long samples() {
                return targets.columns();
            }

            @Override
            public void read(long first, int count, double[] target) {
                System.arraycopy(targets.data(), (int) first * targets.rows(), target, 0, count * targets.rows());
            }
        };
    }
}
