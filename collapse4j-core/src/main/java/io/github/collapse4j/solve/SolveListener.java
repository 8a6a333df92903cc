package io.github.collapse4j.solve;

/** Receives the progress of a solver. */
@FunctionalInterface
public interface SolveListener {
    /** Ignores progress. */
    SolveListener SILENT = (groups, iteration, value, relativeGap, hessianProducts) -> {};

    /** Called before each outer iteration with the current state. */
    void onIteration(int groups, int iteration, double value, double relativeGap, int hessianProducts);
}
