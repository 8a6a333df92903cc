package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.ColumnBlocks;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.optim.SmoothFunction;
import java.util.Arrays;

/**
 * The group lasso as a function of the bias alone, each column minimised for it. The variables are √m_a·b_a, in which
 * the norm is that of the whole bias.
 */
final class LassoBias implements SmoothFunction {
    private final LassoModel model;
    private final double[] roots;

    /** The columns at the last linearisation. */
    private LassoColumn[] columns;

    /** The columns at the last value. */
    private LassoColumn[] trials;

    private double[] tried = {};
    private double ofTried;
    private final double lambda;
    private final boolean isFlat;

    LassoBias(LassoModel model) {
        this.model = model;
        this.roots =
                Arrays.stream(model.groups().sizes()).mapToDouble(Math::sqrt).toArray();
        this.columns = new LassoColumn[model.size()];
        this.trials = new LassoColumn[model.size()];
        Arrays.setAll(columns, a -> new LassoColumn(model, a));
        Arrays.setAll(trials, a -> new LassoColumn(model, a));
        this.lambda = model.problem().bias().lambda();
        this.isFlat =
                model.problem().bias() instanceof Bias.Free && model.loss().isShiftInvariant();
    }

    LassoColumn column(int group) {
        return columns[group];
    }

    @Override
    public int dimension() {
        return model.size();
    }

    double[] bias(double[] variables) {
        double[] bias = new double[variables.length];
        Arrays.setAll(bias, a -> variables[a] / roots[a]);
        return bias;
    }

    @Override
    public double value(double[] variables) {
        if (!Arrays.equals(variables, tried)) {
            ofTried = solve(variables);
            tried = variables.clone();
        }
        return ofTried;
    }

    private double solve(double[] variables) {
        double[] bias = bias(variables);
        double ofColumns = ColumnBlocks.sum(model.rows(), model.size(), (from, to) -> {
            double sum = 0;
            for (int a = from; a < to; a++) {
                trials[a].startFrom(columns[a]);
                sum += model.groups().sizes()[a] * trials[a].solve(bias);
            }
            return sum;
        });
        return ofColumns + lambda / 2 * Vectors.dot(variables, variables);
    }

    @Override
    public double linearize(double[] variables, double[] gradient) {
        double value = value(variables);
        LassoColumn[] solved = trials;
        trials = columns;
        columns = solved;
        tried = new double[0];
        sumRows(residual(), variables, gradient);
        return value;
    }

    /** The residuals of the last linearisation. */
    Matrix residual() {
        Matrix all = Matrix.zeros(model.rows(), model.size());
        for (int a = 0; a < columns.length; a++) {
            System.arraycopy(columns[a].residual(), 0, all.data(), a * model.rows(), model.rows());
        }
        return all;
    }

    @Override
    public void hessianVector(double[] direction, double[] result) {
        double[] bias = bias(direction);
        Matrix changes = Matrix.zeros(model.rows(), model.size());
        ColumnBlocks.forEach(model.rows(), model.size(), (from, to) -> {
            double[] change = new double[model.rows()];
            for (int a = from; a < to; a++) {
                columns[a].differentiate(bias, change);
                System.arraycopy(change, 0, changes.data(), a * model.rows(), model.rows());
            }
        });
        sumRows(changes, direction, result);
    }

    private void sumRows(Matrix residuals, double[] variables, double[] into) {
        double[] sums = model.biasGradient(residuals);
        double along = 0;
        double squares = 0;
        for (int a = 0; a < into.length; a++) {
            into[a] = roots[a] * sums[a] + lambda * variables[a];
            along += roots[a] * into[a];
            squares += roots[a] * roots[a];
        }
        // The free bias of a shift-invariant loss has a flat direction; round-off must not lead along it.
        for (int a = 0; a < into.length && isFlat; a++) {
            into[a] -= along / squares * roots[a];
        }
    }
}
