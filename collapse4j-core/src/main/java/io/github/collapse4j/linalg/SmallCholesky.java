package io.github.collapse4j.linalg;

/** Cholesky factors in plain Java, in the lower triangle of a matrix; the upper one is neither read nor written. */
final class SmallCholesky {
    private SmallCholesky() {}

    /** Overwrites a symmetric matrix with its factor; false if a pivot is not positive. */
    static boolean factorise(Matrix a) {
        int n = a.rows();
        for (int j = 0; j < n; j++) {
            double pivot = a.get(j, j);
            for (int k = 0; k < j; k++) {
                pivot -= a.get(j, k) * a.get(j, k);
            }
            if (!(pivot > 0)) {
                return false;
            }
            double root = Math.sqrt(pivot);
            a.set(j, j, root);
            for (int i = j + 1; i < n; i++) {
                double sum = a.get(i, j);
                for (int k = 0; k < j; k++) {
                    sum -= a.get(i, k) * a.get(j, k);
                }
                a.set(i, j, sum / root);
            }
        }
        return true;
    }

    /** Overwrites a factor L with {@code (LLᵀ)⁻¹}. */
    static void invert(Matrix factor) {
        int n = factor.rows();
        for (int j = 0; j < n; j++) {
            factor.set(j, j, 1 / factor.get(j, j));
            for (int i = j + 1; i < n; i++) {
                double sum = 0;
                for (int k = j; k < i; k++) {
                    sum -= factor.get(i, k) * factor.get(k, j);
                }
                factor.set(i, j, sum / factor.get(i, i));
            }
        }
        // (LLᵀ)⁻¹ = L⁻ᵀL⁻¹, each entry from rows at and below it
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                double sum = 0;
                for (int k = i; k < n; k++) {
                    sum += factor.get(k, i) * factor.get(k, j);
                }
                factor.set(i, j, sum);
            }
        }
    }
}
