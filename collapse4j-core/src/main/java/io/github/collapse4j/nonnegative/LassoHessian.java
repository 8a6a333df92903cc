package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.Vectors;

/**
 * The Hessian of a column of the group lasso at y ≠ 0, {@code D − ρuuᵀ − (μ/‖y‖)ŷŷᵀ} with {@code D = mass + μ/‖y‖}: its
 * inverse by Woodbury's formula.
 */
final class LassoHessian {
    private final double[] inverse;
    private final double[] u;
    private final double[] unit;
    private final boolean hasRankOne;
    private final double b11;
    private final double b12;
    private final double b22;

    /**
     * Prepares the inverse.
     *
     * @param mass the second derivative of the loss but for its term of rank one
     * @param roots {@code u = roots·mass}
     * @param rho ρ
     */
    LassoHessian(double[] mass, double[] roots, double[] y, double rho, double mu) {
        int rows = mass.length;
        double norm = Vectors.norm(y);
        inverse = new double[rows];
        u = new double[rows];
        unit = new double[rows];
        double shift = mu / norm;
        double perNorm = 1 / norm;
        double uu = 0;
        double uy = 0;
        double yy = 0;
        for (int h = 0; h < rows; h++) {
            double ofRow = roots[h] * mass[h];
            double ofUnit = y[h] * perNorm;
            double scale = 1 / (mass[h] + shift);
            uu += ofRow * ofRow * scale;
            uy += ofRow * ofUnit * scale;
            // ‖y‖/μ − ŷᵀD⁻¹ŷ = (‖y‖/μ)·Σ ŷ²·mass/D, summed without cancellation
            yy += ofUnit * ofUnit * mass[h] * scale;
            inverse[h] = scale;
            u[h] = ofRow;
            unit[h] = ofUnit;
        }
        hasRankOne = rho != 0;
        // [1/ρ − uᵀD⁻¹u, −uᵀD⁻¹ŷ; −uᵀD⁻¹ŷ, ‖y‖/μ − ŷᵀD⁻¹ŷ]
        b11 = hasRankOne ? 1 / rho - uu : 0;
        b12 = uy;
        b22 = norm / mu * yy;
    }

    /** Writes {@code H⁻¹v} to {@code result}, which may be v. */
    void solve(double[] vector, double[] result) {
        double uv = 0;
        double yv = 0;
        for (int h = 0; h < vector.length; h++) {
            double scaled = vector[h] * inverse[h];
            uv += u[h] * scaled;
            yv += unit[h] * scaled;
        }
        double first = 0;
        double second = yv / b22;
        if (hasRankOne) {
            double determinant = b11 * b22 - b12 * b12;
            first = (b22 * uv + b12 * yv) / determinant;
            second = (b12 * uv + b11 * yv) / determinant;
        }
        for (int h = 0; h < vector.length; h++) {
            result[h] = (vector[h] + u[h] * first + unit[h] * second) * inverse[h];
        }
    }
}
