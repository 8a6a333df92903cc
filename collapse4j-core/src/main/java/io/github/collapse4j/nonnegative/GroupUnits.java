package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SeededRandom;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.optim.SmoothFunction;
import java.util.random.RandomGenerator;

/**
 * The objective over factors with one unit for each class, where exchanging classes of a group exchanges their units:
 * W and H are {@link GroupMatrix} and K may be a million. Unlike those of the group lasso, a unit may serve other
 * classes too. The variables are the entries of W and Hᵀ in columns of one unit of each group, then the biases, each
 * times the root of the number of entries it stands for; λ_W = λ_H = μ.
 */
final class GroupUnits implements SmoothFunction {
    private final LassoModel model;
    private final int[] sizes;
    private final int block;
    private final double[] roots;
    private final double mu;
    private final double lambda;
    private final boolean hasBias;
    private GroupMatrix w;
    private GroupMatrix h;
    private GroupMatrix gradient;
    private Matrix residual;

    GroupUnits(LassoModel model) {
        this.model = model;
        this.sizes = model.groups().sizes();
        this.block = model.rows() * model.size();
        this.hasBias = model.problem().bias().isPresent();
        this.mu = model.problem().mu();
        this.lambda = hasBias ? model.problem().bias().lambda() : 0;
        this.roots = new double[2 * block + model.size()];
        for (int a = 0; a < model.size(); a++) {
            for (int row = 0; row < model.rows(); row++) {
                double root = Math.sqrt(sizes[a] * model.data().multiplicity(row, a));
                roots[a * model.rows() + row] = root;
                roots[block + a * model.rows() + row] = root;
            }
            roots[2 * block + a] = Math.sqrt(sizes[a]);
        }
        Matrix zero = Matrix.zeros(model.rows(), model.size());
        this.w = GroupMatrix.ofColumns(sizes, zero);
        this.h = w;
        this.gradient = w;
        this.residual = zero;
    }

    @Override
    public int dimension() {
        return roots.length;
    }

    /** The first of the variables that are features. */
    int firstFeature() {
        return block;
    }

    /** The first variable after the features. */
    int endOfFeatures() {
        return 2 * block;
    }

    /** The solution of the group lasso, whose units get some of every other class if {@code share} is above 0. */
    double[] start(LassoSolution lasso, double share, long seed) {
        RandomGenerator random = SeededRandom.of(seed);
        double[] x = new double[dimension()];
        for (int a = 0; a < model.size(); a++) {
            double root = Math.sqrt(lasso.norm(a));
            int own = (a + 1) * model.rows() - 1;
            for (int row = 0; row < model.rows(); row++) {
                int i = a * model.rows() + row;
                x[i] = root == 0 ? 0 : roots[i] * lasso.columns().get(row, a) / root;
                x[block + i] = i == own ? roots[i] * root : share * roots[i] * root * random.nextDouble();
            }
            x[2 * block + a] = roots[2 * block + a] * lasso.bias()[a];
        }
        return x;
    }

    private Matrix columns(double[] x, int from) {
        Matrix columns = Matrix.zeros(model.rows(), model.size());
        for (int i = 0; i < block; i++) {
            columns.data()[i] = roots[i] == 0 ? 0 : x[from + i] / roots[i];
        }
        return columns;
    }

    /** The columns of W, of one unit of each group. */
    Matrix classifier(double[] x) {
        return columns(x, 0);
    }

    /** The rows of H, of one unit of each group, as columns. */
    Matrix features(double[] x) {
        return columns(x, block);
    }

    double[] bias(double[] x) {
        double[] bias = new double[model.size()];
        for (int a = 0; a < bias.length; a++) {
            bias[a] = hasBias ? x[2 * block + a] / roots[2 * block + a] : 0;
        }
        return bias;
    }

    /** The residuals of the last linearisation. */
    Matrix residual() {
        return residual;
    }

    private Matrix logits(GroupMatrix product, double[] bias) {
        Matrix logits = product.columns();
        for (int a = 0; a < model.size(); a++) {
            double toLogit = 1 / Math.sqrt(model.groups().counts()[a]);
            for (int row = 0; row < model.rows(); row++) {
                logits.set(row, a, logits.get(row, a) * toLogit + bias[model.biasGroup(row, a)]);
            }
        }
        return logits;
    }

    private GroupMatrix matrix(double[] x, int from) {
        return GroupMatrix.ofColumns(sizes, columns(x, from));
    }

    @Override
    public double value(double[] x) {
        GroupMatrix product = matrix(x, 0).times(matrix(x, block).transpose(), sizes);
        return model.data().value(logits(product, bias(x))) + penalty(x);
    }

    private double penalty(double[] x) {
        double squares = 0;
        for (int i = 0; i < 2 * block; i++) {
            squares += x[i] * x[i];
        }
        double ofBias = 0;
        for (int i = 2 * block; i < x.length; i++) {
            ofBias += x[i] * x[i];
        }
        return mu / 2 * squares + lambda / 2 * ofBias;
    }

    @Override
    public double linearize(double[] x, double[] into) {
        w = matrix(x, 0);
        h = matrix(x, block);
        residual = Matrix.zeros(model.rows(), model.size());
        double value = model.data().evaluate(logits(w.times(h.transpose(), sizes), bias(x)), residual) + penalty(x);
        gradient = GroupMatrix.ofColumns(sizes, model.gradient(residual));
        write(gradient.times(h, sizes), gradient.transpose().times(w, sizes), residual, x, into);
        return value;
    }

    /** Writes the derivative with respect to x, from the data term's derivatives with respect to W and Hᵀ. */
    private void write(GroupMatrix ofW, GroupMatrix ofH, Matrix residuals, double[] x, double[] into) {
        double[] dw = ofW.columns().data();
        double[] dh = ofH.columns().data();
        for (int i = 0; i < block; i++) {
            into[i] = roots[i] * dw[i] + mu * x[i];
            into[block + i] = roots[i] * dh[i] + mu * x[block + i];
        }
        double[] sums = model.biasGradient(residuals);
        for (int a = 0; a < sums.length; a++) {
            int i = 2 * block + a;
            into[i] = hasBias ? roots[i] * sums[a] + lambda * x[i] : 0;
        }
        if (hasBias
                && model.problem().bias() instanceof Bias.Free
                && model.loss().isShiftInvariant()) {
            double along = 0;
            for (int i = 2 * block; i < into.length; i++) {
                along += roots[i] * into[i];
            }
            // A free bias has a flat direction; round-off must not lead along it.
            for (int i = 2 * block; i < into.length; i++) {
                into[i] -= along / model.groups().classes() * roots[i];
            }
        }
    }

    @Override
    public void hessianVector(double[] direction, double[] image) {
        GroupMatrix dw = matrix(direction, 0);
        GroupMatrix dh = matrix(direction, block);
        GroupMatrix product = dw.times(h.transpose(), sizes).plus(w.times(dh.transpose(), sizes));
        Matrix change = Matrix.zeros(model.rows(), model.size());
        model.data().curvature(residual, logits(product, bias(direction)), change);
        GroupMatrix moved = GroupMatrix.ofColumns(sizes, model.gradient(change));
        write(
                moved.times(h, sizes).plus(gradient.times(dh, sizes)),
                moved.transpose().times(w, sizes).plus(gradient.transpose().times(dw, sizes)),
                change,
                direction,
                image);
    }

    /** ‖w‖‖h‖ of a unit of a group. */
    double size(double[] x, int group) {
        double ofW = 0;
        double ofH = 0;
        for (int row = 0; row < model.rows(); row++) {
            int i = group * model.rows() + row;
            ofW += x[i] * x[i];
            ofH += x[block + i] * x[block + i];
        }
        return Math.sqrt(ofW) * Math.sqrt(ofH) / sizes[group];
    }
}
