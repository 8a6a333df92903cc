package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.ColumnBlocks;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.nonnegative.GroupColumns.Core;
import java.util.Arrays;

/**
 * The inverse of the second derivative of {@link GramTwin} as if C were diagonal: each column of R is eliminated by
 * Woodbury's formula, and of what is left for the entries of C, the diagonal counts.
 */
final class GramPreconditioner {
    private final GroupColumns products;
    private final GroupColumns grams;
    private final DataTerm data;
    private final Core dual;
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
        LassoModel model = twin.model();
        this.products = twin.products();
        this.grams = twin.grams();
        this.data = model.data();
        int[] alive = products.groups();
        this.dual = at.dual();
        this.stiffness = new double[alive.length];
        this.inverse = products.zeros();
        this.competing = products.zeros();
        this.remaining = new double[alive.length];
        Matrix share = products.zeros();
        Matrix eliminated = Matrix.zeros(data.rows(), data.columns());
        Arrays.fill(eliminated.data(), 1);
        for (int j = 0; j < alive.length; j++) {
            int column = alive[j];
            double weight = data.weight(column)
                    / products.sizes()[column]
                    / model.groups().counts()[column];
            double root = Math.sqrt(data.rankOne(column) / weight);
            stiffness[j] = twin.mu() / gram.get(alive.length, j);
            double length = 0;
            for (int k = 0; k < data.rows(); k++) {
                double multiplicity = data.multiplicity(k, column);
                double mass = multiplicity == 0 ? 0 : weight * data.mass(at.residual(), k, column);
                double diagonal = mass + stiffness[j];
                inverse.set(k, j, 1 / diagonal);
                competing.set(k, j, root * mass / diagonal);
                length += multiplicity * (root * mass) * (root * mass / diagonal);
                share.set(k, j, stiffness[j] * mass / diagonal);
                eliminated.set(k, column, stiffness[j] / diagonal);
            }
            remaining[j] = 1 - length;
        }
        this.curvature = curvature(share);
        this.ofBias = new double[model.size()];
        if (twin.hasBias()) {
            for (int column = 0; column < data.columns(); column++) {
                for (int k = 0; k < data.rows(); k++) {
                    int b = model.biasGroup(k, column);
                    double summed = data.weight(column) * data.multiplicity(k, column) / products.sizes()[b];
                    if (summed > 0) {
                        ofBias[b] += summed * data.mass(at.residual(), k, column) * eliminated.get(k, column);
                    }
                }
            }
        }
        for (int b = 0; b < ofBias.length; b++) {
            ofBias[b] = Math.max(ofBias[b] + twin.lambda(), Double.MIN_NORMAL);
        }
    }

    private Matrix curvature(Matrix share) {
        Matrix squares = products.columns(dual);
        for (int i = 0; i < squares.data().length; i++) {
            squares.data()[i] *= squares.data()[i];
        }
        Matrix one = grams.columns(GramTwin.transposedTimes(products.core(squares), products.core(share)));
        Matrix other = grams.columns(GramTwin.transposedTimes(dual, products.core(competing)));
        for (int k = 0; k < one.columns(); k++) {
            for (int j = 0; j < one.rows(); j++) {
                double pulled = stiffness[k] * other.get(j, k);
                double least = 1e-9 * Math.abs(one.get(j, k));
                one.set(j, k, Math.max(one.get(j, k) - pulled * (pulled / remaining[k]), least) + Double.MIN_NORMAL);
            }
        }
        return GramTwin.symmetric(one);
    }

    /** The curvature of an entry of C. */
    double curvature(int index) {
        return curvature.data()[index];
    }

    /** Applies it to a vector; entries of C that are held stay 0. */
    GramPoint apply(GramPoint vector, boolean[] held) {
        Matrix product = solve(vector.product().copy());
        Core pulled = GramTwin.transposedTimes(dual, products.core(stiffened(product.copy())));
        Matrix gram = GramTwin.symmetric(grams.columns(pulled)).add(1, vector.gram());
        for (int i = 0; i < held.length; i++) {
            gram.data()[i] = held[i] ? 0 : gram.data()[i] / curvature.data()[i];
        }
        product.add(1, solve(stiffened(products.columns(GramTwin.times(dual, grams.core(gram))))));
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
                for (int k = 0; k < rows; k++) {
                    along += data.multiplicity(k, products.groups()[j]) * u[j * rows + k] * x[j * rows + k];
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
