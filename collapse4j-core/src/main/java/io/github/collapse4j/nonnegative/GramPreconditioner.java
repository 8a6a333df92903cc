package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.ColumnBlocks;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.model.UfmModel;

/**
 * The inverse of the second derivative of {@link GramTwin} as if C were diagonal: each column of R is eliminated by
 * Woodbury's formula, and of what is left for the entries of C, the diagonal counts.
 */
final class GramPreconditioner {
    private final Matrix dual;
    /** μ/C_kk. */
    private final double[] stiffness;
    /** The inverse of the diagonal part of each column's second derivative. */
    private final Matrix inverse;
    /** That times the vector of the term of rank one. */
    private final Matrix competing;
    /** 1 minus the length of that vector in the inverse; 1 without such a term. */
    private final double[] remaining;
    /** The curvature of each entry of C once R is eliminated, for independent entries. */
    private final Matrix curvature;

    private final double[] ofBias;

    GramPreconditioner(GramTwin twin, GramTwin.Linearisation at, Matrix gram) {
        UfmModel model = twin.model();
        DataTerm data = model.dataTerm();
        int[] alive = twin.alive();
        int rows = data.rows();
        this.dual = at.dual();
        this.stiffness = new double[alive.length];
        this.inverse = Matrix.zeros(rows, alive.length);
        this.competing = Matrix.zeros(rows, alive.length);
        this.remaining = new double[alive.length];
        this.ofBias = new double[rows];
        Matrix share = Matrix.zeros(rows, alive.length);
        for (int j = 0; j < alive.length; j++) {
            int column = alive[j];
            double weight = data.weight(column) * model.scale(column) * model.scale(column);
            double root = Math.sqrt(data.rankOne(column) / weight);
            stiffness[j] = twin.mu() / gram.get(j, j);
            double length = 0;
            for (int k = 0; k < rows; k++) {
                double mass = weight * data.mass(at.residual(), k, column);
                double diagonal = mass + stiffness[j];
                inverse.set(k, j, 1 / diagonal);
                competing.set(k, j, root * mass / diagonal);
                length += root * mass * (root * mass / diagonal);
                share.set(k, j, stiffness[j] * mass / diagonal);
            }
            remaining[j] = 1 - length;
        }
        this.curvature = curvature(share);
        for (int column = 0, j = 0; column < data.columns() && twin.hasBias(); column++) {
            boolean lives = j < alive.length && alive[j] == column;
            for (int k = 0; k < rows; k++) {
                double mass = data.weight(column) * data.mass(at.residual(), k, column);
                ofBias[k] += lives ? mass * stiffness[j] * inverse.get(k, j) : mass;
            }
            j += lives ? 1 : 0;
        }
        for (int k = 0; k < rows; k++) {
            ofBias[k] = Math.max(ofBias[k] + twin.lambda(), Double.MIN_NORMAL);
        }
    }

    private Matrix curvature(Matrix share) {
        int m = stiffness.length;
        Matrix squares = dual.copy();
        for (int i = 0; i < squares.data().length; i++) {
            squares.data()[i] *= squares.data()[i];
        }
        Matrix one = LinearAlgebra.multiply(squares, Op.TRANSPOSE, share, Op.NONE);
        Matrix other = LinearAlgebra.multiply(dual, Op.TRANSPOSE, competing, Op.NONE);
        for (int k = 0; k < m; k++) {
            for (int j = 0; j < m; j++) {
                double pulled = stiffness[k] * other.get(j, k);
                double least = 1e-9 * one.get(j, k);
                one.set(j, k, Math.max(one.get(j, k) - pulled * (pulled / remaining[k]), least) + Double.MIN_NORMAL);
            }
        }
        return GramTwin.symmetric(one);
    }

    /** The curvature of an entry of C. */
    double curvature(int j, int k) {
        return curvature.get(j, k);
    }

    /** Applies it to a vector; entries of C that are held stay 0. */
    GramPoint apply(GramPoint vector, boolean[] held) {
        Matrix product = solve(vector.product().copy());
        Matrix gram = GramTwin.symmetric(LinearAlgebra.multiply(dual, Op.TRANSPOSE, stiffened(product.copy()), Op.NONE))
                .add(1, vector.gram());
        for (int i = 0; i < held.length; i++) {
            gram.data()[i] = held[i] ? 0 : gram.data()[i] / curvature.data()[i];
        }
        product.add(1, solve(stiffened(LinearAlgebra.multiply(dual, gram))));
        double[] bias = vector.bias().clone();
        for (int k = 0; k < bias.length; k++) {
            bias[k] /= ofBias[k];
        }
        return new GramPoint(product, bias, gram);
    }

    private Matrix stiffened(Matrix columns) {
        for (int i = 0; i < columns.data().length; i++) {
            columns.data()[i] *= stiffness[i / columns.rows()];
        }
        return columns;
    }

    /** Solves for each column of R, in place. */
    private Matrix solve(Matrix columns) {
        int rows = columns.rows();
        double[] x = columns.data();
        double[] scale = inverse.data();
        double[] u = competing.data();
        ColumnBlocks.forEach(rows, columns.columns(), (from, to) -> {
            for (int j = from; j < to; j++) {
                double along = 0;
                for (int i = j * rows; i < (j + 1) * rows; i++) {
                    along += u[i] * x[i];
                }
                double factor = along / remaining[j];
                for (int i = j * rows; i < (j + 1) * rows; i++) {
                    x[i] = x[i] * scale[i] + factor * u[i];
                }
            }
        });
        return columns;
    }
}
