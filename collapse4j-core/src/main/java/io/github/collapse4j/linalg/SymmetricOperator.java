package io.github.collapse4j.linalg;

/** A symmetric matrix given only by its products, possibly restricted to an invariant subspace. */
public interface SymmetricOperator {
    /** The number of rows and columns. */
    int order();

    /** Writes the matrix times {@code x} to {@code image}; {@code x} is not changed. */
    void apply(double[] x, double[] image);

    /** Projects {@code x} onto the subspace of interest; by default the whole space. */
    default void restrict(double[] x) {}
}
