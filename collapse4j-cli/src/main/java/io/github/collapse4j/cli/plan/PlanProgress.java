package io.github.collapse4j.cli.plan;

import io.github.collapse4j.cli.text.CountProgress;

/** A progress bar that counts solutions; how many are needed is an estimate until they are done. */
final class PlanProgress implements Runnable, AutoCloseable {
    /** Comparisons, the scan, and the search for equal margins. */
    private static final int SOLUTIONS = 60;
    /** Searches along μ, of which each group has up to two. */
    private static final int SOLUTIONS_OF_GROUP = 20;

    private final CountProgress bar = new CountProgress("planning");
    private final int estimate;
    private int solved;

    PlanProgress(int groups) {
        this.estimate = SOLUTIONS + SOLUTIONS_OF_GROUP * groups;
    }

    /** Counts one. */
    @Override
    public void run() {
        solved++;
        bar.update(solved, Math.max(estimate, solved));
    }

    @Override
    public void close() {
        bar.close();
    }
}
