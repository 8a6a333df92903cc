package io.github.collapse4j.curvature;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;

/**
 * The exact Hessian of a model over the vector {@code [W | H | b]}, assembled block by block. With the second
 * derivative {@code S_j = diag(m_j) − ρ·m_j m_jᵀ} of column j's loss with respect to its logits, weight ω_j and scale
 * s_j:
 *
 * <ul>
 *   <li>W by W: {@code Σ_j ω_j s_j² (h_j h_jᵀ) ⊗ S_j + λ_W I}, whose rank-one parts are one matrix product;
 *   <li>H by H: one d×d block {@code ω_j s_j² WᵀS_jW + λ_H I} per column;
 *   <li>H by W: {@code ω_j s_j² h_aj·(S_jW)_kb + δ_ab ω_j s_j e_kj} with the residual e_j;
 *   <li>b by everything: the same with a constant feature 1 and scale 1.
 * </ul>
 * The work is one product of a Kd×M and an M×Kd matrix and a few passes over the result, instead of one Hessian-vector
 * product per unknown.
 */
public final class DenseHessian {
    /** Maximum number of unknowns for a dense Hessian, limited by memory. */
    public static final int MAX_DIMENSION = 6000;

    private final UfmProblem problem;
    private final DataTerm data;
    private final UfmModel model;
    private final Matrix w;
    private final Matrix h;
    private final Matrix residual;
    private final Matrix mass;
    private final Matrix hessian;
    private final int classes;
    private final int d;
    private final int columns;
    private final double rankOne;

    private DenseHessian(UfmModel model, UfmPoint point) {
        this.model = model;
        this.problem = model.problem();
        this.data = model.dataTerm();
        this.w = point.classifier();
        this.h = point.features();
        this.classes = problem.classes();
        this.d = problem.featureDimension();
        this.columns = model.columns();
        this.rankOne = data.loss().rankOneCurvature();
        this.residual = Matrix.zeros(classes, columns);
        this.mass = Matrix.zeros(classes, columns);
        this.hessian = Matrix.zeros(model.dimension(), model.dimension());
        data.evaluate(model.logits(point.product(), point.bias()), residual);
        Loss loss = data.loss();
        for (int j = 0; j < columns; j++) {
            for (int k = 0; k < classes; k++) {
                mass.set(k, j, loss.curvatureMass(residual.get(k, j), k == data.own(j)));
            }
        }
    }

    /**
     * The Hessian of the full or the reduced model at a point, exactly symmetric.
     *
     * @throws IllegalArgumentException for more than {@link #MAX_DIMENSION} unknowns
     */
    public static Matrix of(UfmModel model, UfmPoint point) {
        if (model.dimension() > MAX_DIMENSION) {
            throw new IllegalArgumentException(
                    "dense Hessian: expected at most " + MAX_DIMENSION + " unknowns, found " + model.dimension());
        }
        return new DenseHessian(model, point).assemble();
    }

    private Matrix assemble() {
        Matrix outer = rankOneFactors();
        addClassifierBlock(outer);
        addFeatureBlocks();
        if (problem.bias().isPresent()) {
            addBiasBlocks(outer);
        }
        mirror();
        return hessian;
    }

    /** Column j is {@code √ω_j·s_j·(h_j ⊗ m_j)}, ordered like W. */
    private Matrix rankOneFactors() {
        Matrix factors = Matrix.zeros(classes * d, rankOne == 0 ? 0 : columns);
        for (int j = 0; j < factors.columns(); j++) {
            double scale = Math.sqrt(data.weight(j)) * model.scale(j);
            int at = j * classes * d;
            for (int a = 0; a < d; a++) {
                double entry = scale * h.get(a, j);
                for (int k = 0; k < classes; k++) {
                    factors.data()[at + a * classes + k] = entry * mass.get(k, j);
                }
            }
        }
        return factors;
    }

    private void addClassifierBlock(Matrix outer) {
        int size = classes * d;
        if (rankOne != 0) {
            Matrix products = LinearAlgebra.multiply(outer, Op.NONE, outer, Op.TRANSPOSE);
            for (int j = 0; j < size; j++) {
                for (int i = j; i < size; i++) {
                    hessian.set(i, j, -rankOne * products.get(i, j));
                }
            }
        }
        // For pairs of features, per class: Σ_j ω_j s_j² m_kj h_aj h_bj.
        Matrix weighted = Matrix.zeros(classes, columns);
        Matrix sums = Matrix.zeros(classes, d);
        for (int b = 0; b < d; b++) {
            for (int j = 0; j < columns; j++) {
                double factor = quadraticWeight(j) * h.get(b, j);
                for (int k = 0; k < classes; k++) {
                    weighted.set(k, j, factor * mass.get(k, j));
                }
            }
            LinearAlgebra.multiply(1, weighted, Op.NONE, h, Op.TRANSPOSE, 0, sums);
            for (int a = b; a < d; a++) {
                for (int k = 0; k < classes; k++) {
                    add(a * classes + k, b * classes + k, sums.get(k, a));
                }
            }
        }
        for (int i = 0; i < size; i++) {
            add(i, i, problem.lambdaW());
        }
    }

    private void addFeatureBlocks() {
        int size = classes * d;
        Matrix curved = Matrix.zeros(classes, d);
        Matrix block = Matrix.zeros(d, d);
        for (int j = 0; j < columns; j++) {
            curvedClassifier(j, curved);
            double quadratic = quadraticWeight(j);
            double linear = data.weight(j) * model.scale(j);
            int row = size + j * d;
            LinearAlgebra.multiply(quadratic, w, Op.TRANSPOSE, curved, Op.NONE, 0, block);
            for (int b = 0; b < d; b++) {
                for (int a = b; a < d; a++) {
                    hessian.set(row + a, row + b, block.get(a, b) + (a == b ? problem.lambdaH() : 0));
                }
            }
            for (int a = 0; a < d; a++) {
                double factor = quadratic * h.get(a, j);
                for (int k = 0; k < classes; k++) {
                    int column = a * classes + k;
                    for (int b = 0; b < d; b++) {
                        hessian.set(row + b, column, factor * curved.get(k, b));
                    }
                    add(row + a, column, linear * residual.get(k, j));
                }
            }
        }
    }

    /** {@code S_j W}. */
    private void curvedClassifier(int j, Matrix into) {
        for (int b = 0; b < d; b++) {
            double mean = 0;
            for (int k = 0; k < classes; k++) {
                mean += mass.get(k, j) * w.get(k, b);
            }
            for (int k = 0; k < classes; k++) {
                into.set(k, b, mass.get(k, j) * (w.get(k, b) - rankOne * mean));
            }
        }
    }

    private void addBiasBlocks(Matrix outer) {
        int row = d * (classes + columns);
        Matrix roots = Matrix.zeros(classes, columns);
        for (int j = 0; j < columns; j++) {
            double root = Math.sqrt(data.weight(j));
            for (int k = 0; k < classes; k++) {
                roots.set(k, j, root * mass.get(k, j));
            }
        }
        if (rankOne != 0) {
            Matrix withClassifier = LinearAlgebra.multiply(roots, Op.NONE, outer, Op.TRANSPOSE);
            Matrix withBias = LinearAlgebra.multiply(roots, Op.NONE, roots, Op.TRANSPOSE);
            for (int l = 0; l < classes; l++) {
                for (int i = 0; i < classes * d; i++) {
                    hessian.set(row + l, i, -rankOne * withClassifier.get(l, i));
                }
                for (int k = 0; k <= l; k++) {
                    hessian.set(row + l, row + k, -rankOne * withBias.get(l, k));
                }
            }
        }
        Matrix curved = Matrix.zeros(classes, d);
        for (int j = 0; j < columns; j++) {
            double weight = data.weight(j);
            double linear = weight * model.scale(j);
            curvedClassifier(j, curved);
            for (int k = 0; k < classes; k++) {
                add(row + k, row + k, weight * mass.get(k, j));
                for (int a = 0; a < d; a++) {
                    add(row + k, a * classes + k, linear * mass.get(k, j) * h.get(a, j));
                    hessian.set(row + k, classes * d + j * d + a, linear * curved.get(k, a));
                }
            }
        }
        for (int k = 0; k < classes; k++) {
            add(row + k, row + k, problem.bias().lambda());
        }
    }

    private double quadraticWeight(int j) {
        return data.weight(j) * model.scale(j) * model.scale(j);
    }

    private void add(int i, int j, double value) {
        hessian.data()[j * hessian.rows() + i] += value;
    }

    private void mirror() {
        int n = hessian.rows();
        for (int j = 0; j < n; j++) {
            for (int i = j + 1; i < n; i++) {
                hessian.set(j, i, hessian.get(i, j));
            }
        }
    }
}
