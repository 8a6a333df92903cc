package io.github.collapse4j.solve;

/** Watches a solver. */
@FunctionalInterface
public interface SolveListener {
    /** A listener that does nothing. */
    SolveListener SILENT = (groups, iteration, value, relativeGap, hessianProducts) -> {};

    /** Called before each outer iteration with the state reached. */
    void onIteration(int groups, int iteration, double value, double relativeGap, int hessianProducts);
}
