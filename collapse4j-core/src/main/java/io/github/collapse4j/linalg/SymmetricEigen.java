package io.github.collapse4j.linalg;

/**
 * Eigenvalues of a symmetric {@code n×n} matrix and orthonormal eigenvectors.
 *
 * @param values the eigenvalues, ascending
 * @param vectors column {@code j} belongs to {@code values[j]}
 */
public record SymmetricEigen(double[] values, Matrix vectors) {}
