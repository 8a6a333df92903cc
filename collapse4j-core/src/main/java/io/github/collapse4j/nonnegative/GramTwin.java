package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.model.UfmModel;
import java.util.Optional;

/**
 * The twin in the product R and the Gram matrix {@code C = HᵀH} of the features (docs/theory.md §14):
 * {@code g(R, b) + (μ/2)(tr C + tr R C⁻¹Rᵀ) + λ_b/2·‖b‖²}, convex in (R, b, C), over symmetric C without negative entries.
 * Classes that are not alive have columns of zeros.
 */
final class GramTwin {
    private final UfmModel model;
    private final DataTerm data;
    private final int[] alive;
    private final double mu;
    private final double lambda;
    private final boolean hasBias;
    private final boolean isFlat;

    /**
     * The twin of the reduced model.
     *
     * @param alive classes whose features are not zero, ascending
     */
    GramTwin(UfmModel model, int[] alive) {
        this.model = model;
        this.data = model.dataTerm();
        this.alive = alive;
        this.mu = model.problem().mu();
        this.hasBias = model.problem().bias().isPresent();
        this.lambda = hasBias ? model.problem().bias().lambda() : 0;
        this.isFlat = model.problem().bias() instanceof Bias.Free
                && model.problem().loss().isShiftInvariant();
    }

    UfmModel model() {
        return model;
    }

    int[] alive() {
        return alive;
    }

    double mu() {
        return mu;
    }

    double lambda() {
        return lambda;
    }

    boolean hasBias() {
        return hasBias;
    }

    /**
     * Value and derivatives at a point.
     *
     * @param dual {@code RC⁻¹}, which is {@code −∇g/μ} at the minimum
     * @param gradient that with respect to C is as if its entries were independent
     */
    record Linearisation(double value, Matrix inverse, Matrix dual, Matrix residual, GramPoint gradient) {}

    /** Linearises at a point; empty if C is not positive definite. */
    Optional<Linearisation> linearise(GramPoint point) {
        Matrix c = point.gram();
        return LinearAlgebra.cholesky(c).map(factor -> {
            Matrix inverse = LinearAlgebra.inverseOfCholesky(factor);
            Matrix dual = LinearAlgebra.multiply(point.product(), inverse);
            Matrix residual = Matrix.zeros(data.rows(), data.columns());
            double value = data.evaluate(logits(point), residual)
                    + mu / 2 * (trace(c) + dual.dot(point.product()))
                    + (hasBias ? lambda / 2 * Vectors.dot(point.bias(), point.bias()) : 0);
            Matrix ofProduct = columns(residual).add(mu, dual);
            Matrix ofGram =
                    LinearAlgebra.multiply(dual, Op.TRANSPOSE, dual, Op.NONE).scale(-mu / 2);
            for (int k = 0; k < c.rows(); k++) {
                ofGram.set(k, k, ofGram.get(k, k) + mu / 2);
            }
            return new Linearisation(
                    value,
                    inverse,
                    dual,
                    residual,
                    new GramPoint(ofProduct, biasGradient(residual, point.bias()), ofGram));
        });
    }

    /** The second derivative along a direction. */
    GramPoint curvature(Linearisation at, GramPoint direction) {
        Matrix change = Matrix.zeros(data.rows(), data.columns());
        data.curvature(at.residual(), logits(direction), change);
        Matrix difference = direction.product().copy().add(-1, LinearAlgebra.multiply(at.dual(), direction.gram()));
        Matrix pulled = LinearAlgebra.multiply(difference, at.inverse()).scale(mu);
        Matrix ofGram = symmetric(LinearAlgebra.multiply(at.dual(), Op.TRANSPOSE, pulled, Op.NONE))
                .scale(-1);
        return new GramPoint(columns(change).add(1, pulled), biasGradient(change, direction.bias()), ofGram);
    }

    /** The logits of all classes. */
    private Matrix logits(GramPoint point) {
        Matrix product = Matrix.zeros(data.rows(), data.columns());
        for (int j = 0; j < alive.length; j++) {
            System.arraycopy(
                    point.product().data(), j * data.rows(), product.data(), alive[j] * data.rows(), data.rows());
        }
        return model.logits(product, point.bias());
    }

    /** The derivative with respect to R from residuals or their change. */
    private Matrix columns(Matrix residual) {
        Matrix columns = Matrix.zeros(data.rows(), alive.length);
        for (int j = 0; j < alive.length; j++) {
            double factor = data.weight(alive[j]) * model.scale(alive[j]);
            for (int k = 0; k < data.rows(); k++) {
                columns.set(k, j, factor * residual.get(k, alive[j]));
            }
        }
        return columns;
    }

    private double[] biasGradient(Matrix residual, double[] bias) {
        double[] sums = new double[data.rows()];
        for (int j = 0; hasBias && j < data.columns(); j++) {
            for (int k = 0; k < sums.length; k++) {
                sums[k] += data.weight(j) * residual.get(k, j);
            }
        }
        double mean = isFlat ? Vectors.sum(sums) / sums.length : 0;
        for (int k = 0; hasBias && k < sums.length; k++) {
            sums[k] += lambda * bias[k] - mean; // round-off must not lead along a flat direction
        }
        return sums;
    }

    private static double trace(Matrix matrix) {
        double sum = 0;
        for (int k = 0; k < matrix.rows(); k++) {
            sum += matrix.get(k, k);
        }
        return sum;
    }

    /** {@code (A + Aᵀ)/2}. */
    static Matrix symmetric(Matrix matrix) {
        Matrix symmetric = matrix.copy();
        for (int j = 0; j < matrix.columns(); j++) {
            for (int i = 0; i < j; i++) {
                double mean = (matrix.get(i, j) + matrix.get(j, i)) / 2;
                symmetric.set(i, j, mean);
                symmetric.set(j, i, mean);
            }
        }
        return symmetric;
    }
}
