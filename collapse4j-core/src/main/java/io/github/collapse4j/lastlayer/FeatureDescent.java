package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.ColumnBlocks;
import io.github.collapse4j.linalg.HeadFactor;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Column;
import io.github.collapse4j.model.Loss;
import java.util.Arrays;

/**
 * Newton's method for {@code min_h ℓ_y(Wh + b) + λ/2·‖h‖²}, for many labels y at a time as columns: products with W are
 * matrix products, while steps and conjugate gradients are per column. A column is finished when
 * {@code ‖gradient‖²/(2λ)}, a bound on its excess over the minimum, is within its tolerance.
 */
final class FeatureDescent {
    private static final int MAX_STEPS = 100;
    private static final int MAX_HALVINGS = 40;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double ROUND_OFF = 0x1p-50;
    /**
     * Relative residual of the first Newton equations; later ones are solved more accurately as the gradient falls.
     */
    private static final double FORCING = 0.1;

    private final Loss loss;
    private final Matrix classifier;
    private final HeadFactor factor;
    private final double[] bias;
    private final double lambda;
    private final double[] ones;

    /** @param byThreads whether several threads run at a time */
    FeatureDescent(Loss loss, Matrix classifier, double[] bias, double lambda, boolean byThreads) {
        this.loss = loss;
        this.classifier = classifier;
        this.factor = new HeadFactor(classifier, byThreads);
        this.bias = bias;
        this.lambda = lambda;
        this.ones = new double[classifier.rows()];
        Arrays.fill(ones, 1);
    }

    /** The values of each column at the start and at the end. */
    record Values(double[] start, double[] end) {}

    /** The columns that are still moving, with everything that depends on their position. */
    private record State(
            int[] index, int[] labels, Matrix features, double[] values, Matrix residual, Matrix gradient) {
        State keep(int[] columns) {
            return new State(
                    Arrays.stream(columns).map(j -> index[j]).toArray(),
                    Arrays.stream(columns).map(j -> labels[j]).toArray(),
                    columns(features, columns),
                    Arrays.stream(columns).mapToDouble(j -> values[j]).toArray(),
                    columns(residual, columns),
                    columns(gradient, columns));
        }
    }

    /**
     * Minimises each column.
     *
     * @param start {@code d×n}
     * @param labels labels of the n columns
     * @param tolerances maximum excess of each column over its minimum
     */
    Values run(Matrix start, int[] labels, double[] tolerances) {
        int[] all = new int[labels.length];
        Arrays.setAll(all, j -> j);
        HeadFactor.Workspace products = factor.workspace();
        State state = evaluate(products, all, labels, start);
        double[] first = state.values().clone();
        double[] last = first.clone();
        double[] firstNorms = columnNorms(state.gradient());
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] norms = columnNorms(state.gradient());
            State current = state;
            int[] moving = Arrays.stream(range(norms.length))
                    .filter(j -> norms[j] * norms[j] / (2 * lambda) > tolerances[current.index()[j]])
                    .toArray();
            if (moving.length == 0) {
                break;
            }
            state = state.keep(moving);
            State before = state;
            state = move(products, before, newtonSteps(products, before, firstNorms));
            for (int j = 0; j < state.index().length; j++) {
                last[state.index()[j]] = state.values()[j];
            }
            if (state.index().length == 0) {
                break;
            }
        }
        return new Values(first, last);
    }

    private static int[] range(int size) {
        int[] range = new int[size];
        Arrays.setAll(range, j -> j);
        return range;
    }

    private State evaluate(HeadFactor.Workspace products, int[] index, int[] labels, Matrix features) {
        int classes = classifier.rows();
        int n = labels.length;
        Matrix logits = Matrix.zeros(classes, n);
        products.load(features);
        products.forward(logits);
        BatchResiduals.addBias(bias, logits);
        Matrix residual = Matrix.zeros(classes, n);
        double[] values = new double[n];
        ColumnBlocks.forEach(classes, n, (from, to) -> {
            for (int j = from; j < to; j++) {
                values[j] = loss.evaluate(
                        new Column(j * classes, classes, labels[j], ones, 0), logits.data(), residual.data());
            }
        });
        Matrix gradient = Matrix.zeros(features.rows(), n);
        products.backward(residual, gradient);
        gradient.add(lambda, features);
        for (int j = 0; j < n; j++) {
            values[j] += lambda / 2 * columnDot(features, j, features);
        }
        return new State(index, labels, features, values, residual, gradient);
    }

    /** Steps along the directions, halved until each column decreases; columns stopped by round-off are left out. */
    private State move(HeadFactor.Workspace products, State from, Matrix steps) {
        int n = from.labels().length;
        double[] lengths = new double[n];
        Arrays.fill(lengths, 1);
        State trial = from;
        for (int halving = 0; halving < MAX_HALVINGS; halving++) {
            Matrix features = from.features().copy();
            for (int j = 0; j < n; j++) {
                addColumn(lengths[j], steps, j, features);
            }
            trial = evaluate(products, from.index(), from.labels(), features);
            boolean accepted = true;
            for (int j = 0; j < n; j++) {
                double slope = columnDot(from.gradient(), j, steps);
                double wanted = from.values()[j] + SUFFICIENT_DECREASE * lengths[j] * slope;
                if (!(trial.values()[j] <= wanted) && lengths[j] > 0) {
                    boolean hopeless = -lengths[j] * slope <= ROUND_OFF * Math.abs(from.values()[j]);
                    lengths[j] = hopeless ? 0 : lengths[j] / 2;
                    accepted = false;
                }
            }
            if (accepted) {
                break;
            }
        }
        State end = trial;
        return end.keep(Arrays.stream(range(n))
                .filter(j -> lengths[j] > 0 && end.values()[j] <= from.values()[j])
                .toArray());
    }

    private Matrix newtonSteps(HeadFactor.Workspace products, State state, double[] firstNorms) {
        return loss.isIsotropic() ? directSteps(state) : conjugateGradients(products, state, firstNorms);
    }

    /** −(WᵀW + λ)⁻¹·gradient: for squared error, all columns have the same Hessian. */
    private Matrix directSteps(State state) {
        SymmetricEigen eigen =
                LinearAlgebra.symmetricEigen(LinearAlgebra.multiply(classifier, Op.TRANSPOSE, classifier, Op.NONE));
        Matrix inBasis = LinearAlgebra.multiply(eigen.vectors(), Op.TRANSPOSE, state.gradient(), Op.NONE);
        for (int j = 0; j < inBasis.columns(); j++) {
            for (int i = 0; i < inBasis.rows(); i++) {
                inBasis.set(i, j, -inBasis.get(i, j) / (Math.max(0, eigen.values()[i]) + lambda));
            }
        }
        return LinearAlgebra.multiply(eigen.vectors(), inBasis);
    }

    private Matrix conjugateGradients(HeadFactor.Workspace products, State state, double[] firstNorms) {
        int classes = classifier.rows();
        int n = state.labels().length;
        Matrix steps = Matrix.zeros(classifier.columns(), n);
        Matrix remainder = state.gradient().copy().scale(-1);
        Matrix direction = remainder.copy();
        Matrix change = Matrix.zeros(classes, n);
        Matrix curved = Matrix.zeros(classes, n);
        Matrix image = Matrix.zeros(classifier.columns(), n);
        double[] squares = new double[n];
        double[] goals = new double[n];
        for (int j = 0; j < n; j++) {
            squares[j] = columnDot(remainder, j, remainder);
            double norm = Math.sqrt(squares[j]);
            goals[j] = norm * Math.min(FORCING, norm / firstNorms[state.index()[j]]);
        }
        for (int iteration = 0; iteration < 2 * classifier.columns() + 10; iteration++) {
            products.load(direction);
            products.forward(change);
            ColumnBlocks.forEach(classes, n, (from, to) -> {
                for (int j = from; j < to; j++) {
                    loss.curvature(
                            new Column(j * classes, classes, state.labels()[j], ones, 0),
                            state.residual().data(),
                            change.data(),
                            curved.data());
                }
            });
            products.backward(curved, image);
            image.add(lambda, direction);
            boolean open = false;
            for (int j = 0; j < n; j++) {
                double curvature = columnDot(direction, j, image);
                if (Math.sqrt(squares[j]) <= goals[j] || !(curvature > 0)) {
                    continue;
                }
                double length = squares[j] / curvature;
                addColumn(length, direction, j, steps);
                addColumn(-length, image, j, remainder);
                double next = columnDot(remainder, j, remainder);
                scaleColumn(next / squares[j], direction, j);
                addColumn(1, remainder, j, direction);
                squares[j] = next;
                open |= Math.sqrt(next) > goals[j];
            }
            if (!open) {
                break;
            }
        }
        return steps;
    }

    private static Matrix columns(Matrix matrix, int[] columns) {
        Matrix kept = Matrix.zeros(matrix.rows(), columns.length);
        for (int j = 0; j < columns.length; j++) {
            System.arraycopy(matrix.data(), columns[j] * matrix.rows(), kept.data(), j * matrix.rows(), matrix.rows());
        }
        return kept;
    }

    private static double[] columnNorms(Matrix matrix) {
        double[] norms = new double[matrix.columns()];
        for (int j = 0; j < norms.length; j++) {
            norms[j] = Math.sqrt(Vectors.squares(matrix.data(), j * matrix.rows(), (j + 1) * matrix.rows()));
        }
        return norms;
    }

    private static double columnDot(Matrix a, int j, Matrix b) {
        double sum = 0;
        for (int i = j * a.rows(); i < (j + 1) * a.rows(); i++) {
            sum += a.data()[i] * b.data()[i];
        }
        return sum;
    }

    private static void addColumn(double factor, Matrix from, int j, Matrix to) {
        for (int i = j * from.rows(); i < (j + 1) * from.rows(); i++) {
            to.data()[i] += factor * from.data()[i];
        }
    }

    private static void scaleColumn(double factor, Matrix matrix, int j) {
        for (int i = j * matrix.rows(); i < (j + 1) * matrix.rows(); i++) {
            matrix.data()[i] *= factor;
        }
    }
}
