package io.github.collapse4j.solve;

/**
 * Options of the solver.
 *
 * @param relativeGap stop at this certified relative gap; round-off may end the run slightly above it
 * @param maxIterations maximum number of outer iterations per level
 * @param starts random starts where no convex problem gives the answer (small feature dimensions)
 * @param seed seed of the random starts
 */
public record SolveOptions(double relativeGap, int maxIterations, int starts, long seed) {
    public SolveOptions {
        if (!(relativeGap >= 0) || maxIterations < 1 || starts < 1) {
            throw new IllegalArgumentException("solve options out of range: relativeGap " + relativeGap
                    + ", maxIterations " + maxIterations + ", starts " + starts);
        }
    }

    /** Gap 1e-12, 2000 iterations, 24 starts, seed 0. */
    public static SolveOptions defaults() {
        return new SolveOptions(1e-12, 2000, 24, 0);
    }

    public SolveOptions withRelativeGap(double gap) {
        return new SolveOptions(gap, maxIterations, starts, seed);
    }

    public SolveOptions withStarts(int count) {
        return new SolveOptions(relativeGap, maxIterations, count, seed);
    }

    public SolveOptions withSeed(long newSeed) {
        return new SolveOptions(relativeGap, maxIterations, starts, newSeed);
    }
}
