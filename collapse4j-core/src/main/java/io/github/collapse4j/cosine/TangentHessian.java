package io.github.collapse4j.cosine;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import java.util.Arrays;

/**
 * The complete Riemannian Hessian in an orthonormal basis of the tangent space, {@code (K+M)(d−1)} in order. Its inertia is
 * counted in natural units, each vector scaled by its terms, so that rare classes count like frequent ones; eigenvalues are
 * those of the Hessian itself.
 *
 * @param index number of negative eigenvalues
 * @param nullity number of zero eigenvalues
 * @param eigenvalues ascending
 * @param lowest an eigenvector of the smallest eigenvalue in natural units, as an ambient tangent vector
 */
record TangentHessian(int index, int nullity, double[] eigenvalues, double[] lowest) {
    private static final int MAX_ORDER = 2000;

    /** Whether the Hessian is small enough to be computed. */
    static boolean isFeasible(CosineProblem problem) {
        return (long) (problem.classes() + problem.groups()) * (problem.featureDimension() - 1) <= MAX_ORDER;
    }

    /** @param tolerance eigenvalues in natural units up to this, relative to the largest, are zero */
    static TangentHessian of(CosineDerivatives at, double tolerance) {
        int d = at.problem().featureDimension();
        Matrix[] bases = bases(at.point().units());
        int order = bases.length * (d - 1);
        Matrix hessian = Matrix.zeros(order, order);
        double[] tangent = new double[bases.length * d];
        double[] image = new double[tangent.length];
        for (int column = 0; column < order; column++) {
            Arrays.fill(tangent, 0);
            int vector = column / (d - 1);
            System.arraycopy(bases[vector].column(column % (d - 1)), 0, tangent, vector * d, d);
            at.hessianVector(tangent, image);
            for (int row = 0; row < order; row++) {
                hessian.set(row, column, inner(bases[row / (d - 1)], row % (d - 1), image, row / (d - 1) * d));
            }
        }
        symmetrise(hessian);
        double[] values = LinearAlgebra.symmetricEigenvalues(hessian);
        double[] roots = new double[order];
        for (int i = 0; i < order; i++) {
            double mass = at.masses()[i / (d - 1)];
            roots[i] = mass > 0 ? Math.sqrt(mass) : 1;
        }
        for (int j = 0; j < order; j++) {
            for (int i = 0; i < order; i++) {
                hessian.set(i, j, hessian.get(i, j) / roots[i] / roots[j]);
            }
        }
        SymmetricEigen natural = LinearAlgebra.symmetricEigen(hessian);
        double zero = order == 0 ? 0 : tolerance * Math.max(1, natural.values()[order - 1]);
        int negative = 0;
        int zeros = 0;
        for (double eigenvalue : natural.values()) {
            negative += eigenvalue < -zero ? 1 : 0;
            zeros += Math.abs(eigenvalue) <= zero ? 1 : 0;
        }
        double[] lowest = new double[tangent.length];
        for (int i = 0; i < order; i++) {
            double entry = natural.vectors().get(i, 0) / roots[i];
            for (int k = 0; k < d; k++) {
                lowest[i / (d - 1) * d + k] += entry * bases[i / (d - 1)].get(k, i % (d - 1));
            }
        }
        return new TangentHessian(negative, zeros, values, lowest);
    }

    private static double inner(Matrix basis, int column, double[] image, int from) {
        double sum = 0;
        for (int k = 0; k < basis.rows(); k++) {
            sum += basis.get(k, column) * image[from + k];
        }
        return sum;
    }

    private static void symmetrise(Matrix a) {
        for (int j = 0; j < a.columns(); j++) {
            for (int i = 0; i < j; i++) {
                double mean = (a.get(i, j) + a.get(j, i)) / 2;
                a.set(i, j, mean);
                a.set(j, i, mean);
            }
        }
    }

    /** For each unit vector u, the reflection that takes ±e_1 to u without its first column: d×(d−1), orthogonal to u. */
    private static Matrix[] bases(Matrix units) {
        int d = units.rows();
        Matrix[] result = new Matrix[units.columns()];
        for (int j = 0; j < result.length; j++) {
            double[] v = units.column(j);
            v[0] += v[0] >= 0 ? 1 : -1;
            double squares = 0;
            for (double entry : v) {
                squares += entry * entry;
            }
            Matrix basis = Matrix.zeros(d, d - 1);
            for (int column = 1; column < d; column++) {
                for (int i = 0; i < d; i++) {
                    basis.set(i, column - 1, (i == column ? 1 : 0) - 2 * v[i] * v[column] / squares);
                }
            }
            result[j] = basis;
        }
        return result;
    }
}
