package io.github.collapse4j.solve;

import io.github.collapse4j.linalg.ColumnBlocks;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.DataTerm;
import java.util.Arrays;

/**
 * The part of {@link TwinNewton}'s Hessian that couples only the four entries X_ij, Y_ij, X_ji, Y_ji: the diagonal of
 * the loss's curvature, the penalty, and the diagonals of the factors and of ∇g. Each pair (i, j) is a 4×4 block,
 * inverted once per outer iteration; roots and biases get their diagonals. The blocks' near-null direction, a rotation
 * that does not change C, is shifted slightly: the gradient has no component along it.
 */
final class TwinPreconditioner {
    private static final double LIFT = 0.4;
    private static final int BLOCK = 10;

    private final TwinModel model;
    private final int n;
    private final double mu;
    /** The upper triangles of the inverse blocks; pair (i, j), i ≤ j, starts at {@code (j(j+1)/2 + i)·BLOCK}. */
    private final double[] inverse;

    private final double[] inverseSeparation;
    private final double[] inverseBias;

    TwinPreconditioner(TwinModel model) {
        this.model = model;
        this.n = model.size();
        this.mu = model.problem().mu();
        this.inverse = new double[Math.multiplyExact(BLOCK, n * (n + 1) / 2)];
        this.inverseSeparation = new double[n];
        this.inverseBias = new double[n];
    }

    void update(Matrix residual, Matrix w, Matrix h, double[] separationRoot, TwinModel.Gradient gradient) {
        Matrix mass = mass(residual);
        double[] active = new double[n];
        for (int i = 0; i < n; i++) {
            double bound = mu * (1 - LIFT);
            active[i] = Math.max(-bound, Math.min(bound, gradient.core().get(i, i)));
        }
        ColumnBlocks.forEach(n, n, (from, to) -> {
            double[][] block = new double[4][8];
            for (int j = from; j < to; j++) {
                for (int i = 0; i <= j; i++) {
                    fill(block, i, j, curvature(mass, i, j), curvature(mass, j, i), w, h, active);
                    invert(block);
                    store(block, (j * (j + 1) / 2 + i) * BLOCK);
                }
            }
        });
        updateSeparationAndBias(mass, residual, separationRoot, gradient.separation());
    }

    /** The second derivative of the loss with respect to entry (h, g) of the core. */
    private double curvature(Matrix mass, int h, int g) {
        double m = mass.get(h, g);
        double rankOne = model.data().rankOne(g);
        return Math.max(0, m - rankOne * m * m)
                / (model.groups().sizes()[h] * model.groups().samples());
    }

    /** The curvature mass of a whole group of classes in each column, including the own class, {@code G×G}. */
    private Matrix mass(Matrix residual) {
        DataTerm data = model.data();
        Matrix mass = Matrix.zeros(n, n);
        for (int g = 0; g < n; g++) {
            for (int h = 0; h < n; h++) {
                mass.set(h, g, data.multiplicity(h, g) * data.mass(residual, h, g));
            }
            mass.set(g, g, mass.get(g, g) + data.mass(residual, n, g));
        }
        return mass;
    }

    /** The block over (X_ij, Y_ij, X_ji, Y_ji): X_ij moves C_ij by H_jj, and Y_ij moves it by W_ii. */
    private void fill(double[][] block, int i, int j, double tauIj, double tauJi, Matrix w, Matrix h, double[] active) {
        for (double[] row : block) {
            Arrays.fill(row, 0);
        }
        double wi = w.get(i, i);
        double wj = w.get(j, j);
        double hi = h.get(i, i);
        double hj = h.get(j, j);
        block[0][0] = tauIj * hj * hj + mu;
        block[0][1] = tauIj * hj * wi;
        block[1][1] = tauIj * wi * wi + mu;
        block[2][2] = tauJi * hi * hi + mu;
        block[2][3] = tauJi * hi * wj;
        block[3][3] = tauJi * wj * wj + mu;
        if (i == j) {
            block[0][1] += active[i];
            block[2][3] += active[i];
        } else {
            block[0][3] = active[i];
            block[1][2] = active[j];
        }
    }

    /** Gauss–Jordan on the symmetric positive definite left half; the inverse is left in the right half. */
    private static void invert(double[][] work) {
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < i; j++) {
                work[i][j] = work[j][i];
            }
            work[i][4 + i] = 1;
        }
        for (int p = 0; p < 4; p++) {
            double pivot = 1 / work[p][p];
            for (int j = 0; j < 8; j++) {
                work[p][j] *= pivot;
            }
            for (int i = 0; i < 4; i++) {
                double factor = work[i][p];
                if (i != p && factor != 0) {
                    for (int j = 0; j < 8; j++) {
                        work[i][j] -= factor * work[p][j];
                    }
                }
            }
        }
    }

    private void store(double[][] block, int at) {
        int next = at;
        for (int i = 0; i < 4; i++) {
            for (int j = i; j < 4; j++) {
                inverse[next++] = (block[i][4 + j] + block[j][4 + i]) / 2;
            }
        }
    }

    private void updateSeparationAndBias(
            Matrix mass, Matrix residual, double[] separationRoot, double[] separationGradient) {
        DataTerm data = model.data();
        double lambda = model.problem().bias().lambda();
        for (int g = 0; g < n; g++) {
            double rankOne = data.rankOne(g);
            double size = model.groups().sizes()[g];
            double own = data.mass(residual, n, g);
            double same = mass.get(g, g) - own;
            double mean = own * (1 - 1 / size) - same / size;
            double second = own * (1 - 1 / size) * (1 - 1 / size) + same / (size * size) - rankOne * mean * mean;
            double curvature = 4
                            * separationRoot[g]
                            * separationRoot[g]
                            * size
                            / model.groups().samples()
                            * second
                    + 2 * Math.max(0, separationGradient[g] + mu * (size - 1));
            inverseSeparation[g] = 1 / (curvature + mu * Math.max(LIFT, LIFT * (size - 1)));
            double bias = lambda * size;
            for (int j = 0; j < n; j++) {
                bias += data.weight(j) * mass.get(g, j) * Math.max(0, 1 - data.rankOne(j) * mass.get(g, j));
            }
            inverseBias[g] = 1 / (bias + mu * LIFT);
        }
    }

    void apply(double[] from, double[] into) {
        int square = n * n;
        ColumnBlocks.forEach(n, n, (first, last) -> {
            for (int j = first; j < last; j++) {
                for (int i = 0; i < j; i++) {
                    applyPair(from, into, i + j * n, j + i * n, square, (j * (j + 1) / 2 + i) * BLOCK);
                }
                applyDiagonal(from, into, j + j * n, square, (j * (j + 1) / 2 + j) * BLOCK);
            }
        });
        for (int g = 0; g < n; g++) {
            into[2 * square + g] = inverseSeparation[g] * from[2 * square + g];
        }
        for (int g = 2 * square + n; g < into.length; g++) {
            into[g] = inverseBias[g - 2 * square - n] * from[g];
        }
    }

    private void applyPair(double[] from, double[] into, int ij, int ji, int square, int at) {
        double a = from[ij];
        double b = from[square + ij];
        double c = from[ji];
        double d = from[square + ji];
        into[ij] = inverse[at] * a + inverse[at + 1] * b + inverse[at + 2] * c + inverse[at + 3] * d;
        into[square + ij] = inverse[at + 1] * a + inverse[at + 4] * b + inverse[at + 5] * c + inverse[at + 6] * d;
        into[ji] = inverse[at + 2] * a + inverse[at + 5] * b + inverse[at + 7] * c + inverse[at + 8] * d;
        into[square + ji] = inverse[at + 3] * a + inverse[at + 6] * b + inverse[at + 8] * c + inverse[at + 9] * d;
    }

    private void applyDiagonal(double[] from, double[] into, int jj, int square, int at) {
        double a = from[jj];
        double b = from[square + jj];
        into[jj] = inverse[at] * a + inverse[at + 1] * b;
        into[square + jj] = inverse[at + 1] * a + inverse[at + 4] * b;
    }
}
