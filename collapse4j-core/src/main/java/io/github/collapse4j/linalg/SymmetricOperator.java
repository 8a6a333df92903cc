package io.github.collapse4j.linalg;

/** A symmetric matrix known by its products only, possibly restricted to an invariant subspace. */
public interface SymmetricOperator {
    /** The number of rows and columns. */
    int order();

    /** Writes the matrix times {@code x} to {@code image}; {@code x} stays. */
    void apply(double[] x, double[] image);

    /** Moves {@code x} to the nearest vector of the subspace that is looked at; by default the whole space. */
    default void restrict(double[] x) {}
}
