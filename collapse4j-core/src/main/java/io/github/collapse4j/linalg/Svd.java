package io.github.collapse4j.linalg;

/**
 * The thin singular value decomposition {@code A = U·diag(s)·Vᵀ} of an {@code m×n} matrix, with {@code r = min(m, n)}.
 *
 * @param u left singular vectors, {@code m×r}
 * @param values singular values, descending
 * @param v right singular vectors, {@code n×r}
 */
public record Svd(Matrix u, double[] values, Matrix v) {}
