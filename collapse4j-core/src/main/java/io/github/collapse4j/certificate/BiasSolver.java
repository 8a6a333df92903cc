package io.github.collapse4j.certificate;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.optim.EuclideanProblem;
import io.github.collapse4j.optim.SmoothFunction;
import io.github.collapse4j.optim.TrustRegionNewton;
import org.jspecify.annotations.Nullable;

/** Solves the K-dimensional convex problem in b for a fixed product WH (docs/theory.md §4) by Newton's method. */
final class BiasSolver {
    private BiasSolver() {}

    /** The bias that minimises {@code g + λ_b/2·‖b‖²} for the given product, to round-off. */
    static double[] solve(UfmModel model, Matrix product, double[] start) {
        EuclideanProblem problem = new EuclideanProblem(new BiasFunction(model, product), start);
        new TrustRegionNewton(TrustRegionNewton.Options.defaults()
                        .withGradientTolerance(1e-17)
                        .withMaxIterations(100))
                .minimize(problem);
        return problem.point();
    }

    private static final class BiasFunction implements SmoothFunction {
        private final UfmModel model;
        private final DataTerm data;
        private final double lambda;
        private final Matrix scaledProduct;
        private final Matrix logits;
        private final Matrix residual;
        private final Matrix image;

        BiasFunction(UfmModel model, Matrix product) {
            this.model = model;
            this.data = model.dataTerm();
            this.lambda = model.problem().bias().lambda();
            this.scaledProduct = model.logits(product, new double[data.rows()]);
            this.logits = Matrix.zeros(data.rows(), data.columns());
            this.residual = Matrix.zeros(data.rows(), data.columns());
            this.image = Matrix.zeros(data.rows(), data.columns());
        }

        @Override
        public int dimension() {
            return data.rows();
        }

        @Override
        public double value(double[] bias) {
            fill(scaledProduct, bias);
            return data.value(logits) + lambda / 2 * Vectors.dot(bias, bias);
        }

        @Override
        public double linearize(double[] bias, double[] gradient) {
            fill(scaledProduct, bias);
            double value = data.evaluate(logits, residual) + lambda / 2 * Vectors.dot(bias, bias);
            rowSums(residual, bias, gradient);
            return value;
        }

        @Override
        public void hessianVector(double[] direction, double[] result) {
            fill(null, direction);
            data.curvature(residual, logits, image);
            rowSums(image, direction, result);
        }

        private void fill(@Nullable Matrix base, double[] bias) {
            int rows = data.rows();
            for (int j = 0; j < data.columns(); j++) {
                for (int k = 0; k < rows; k++) {
                    logits.data()[j * rows + k] = (base == null ? 0 : base.data()[j * rows + k]) + bias[k];
                }
            }
        }

        private void rowSums(Matrix columns, double[] bias, double[] into) {
            double[] sums = weightedRowSums(model.dataTerm(), columns);
            // The free bias of a shift-invariant loss has a flat direction, the ones; round-off must not lead along it.
            boolean flat = lambda == 0 && model.problem().loss().isShiftInvariant();
            double mean = flat ? Vectors.sum(sums) / sums.length : 0;
            for (int k = 0; k < into.length; k++) {
                into[k] = sums[k] - mean + lambda * bias[k];
            }
        }
    }

    /** {@code Σ_j ω_j e_j}, the derivative of g with respect to the bias. */
    static double[] weightedRowSums(DataTerm data, Matrix residual) {
        int rows = data.rows();
        double[] sums = new double[rows];
        for (int j = 0; j < data.columns(); j++) {
            double weight = data.weight(j);
            for (int k = 0; k < rows; k++) {
                sums[k] += weight * residual.data()[j * rows + k];
            }
        }
        return sums;
    }
}
