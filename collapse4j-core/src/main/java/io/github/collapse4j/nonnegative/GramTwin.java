package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.nonnegative.GroupColumns.Core;
import java.util.Optional;

/**
 * The twin in the product R and the Gram matrix {@code C = HᵀH} of the features (docs/theory.md §14):
 * {@code g(R, b) + (μ/2)(tr C + tr R C⁻¹Rᵀ) + λ_b/2·‖b‖²}, convex in (R, b, C), over symmetric C without negative entries,
 * in the coordinates of exchangeable classes. Groups that are not alive have columns of zeros.
 */
final class GramTwin {
    private final LassoModel model;
    private final DataTerm data;
    private final GroupColumns products;
    private final GroupColumns grams;
    private final double mu;
    private final double lambda;
    private final boolean hasBias;
    private final boolean isFlat;

    /**
     * The twin of a problem in groups.
     *
     * @param alive groups whose features are not zero, ascending
     */
    GramTwin(LassoModel model, int[] alive) {
        this.model = model;
        this.data = model.data();
        this.products = new GroupColumns(model.groups().sizes(), alive);
        this.grams = products.square();
        this.mu = model.problem().mu();
        this.hasBias = model.problem().bias().isPresent();
        this.lambda = hasBias ? model.problem().bias().lambda() : 0;
        this.isFlat =
                model.problem().bias() instanceof Bias.Free && model.loss().isShiftInvariant();
    }

    LassoModel model() {
        return model;
    }

    /** The shape of R̂. */
    GroupColumns products() {
        return products;
    }

    /** The shape of C. */
    GroupColumns grams() {
        return grams;
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
     * @param inverse C⁻¹
     * @param dual {@code RC⁻¹}, which is {@code −∇g/μ} at the minimum
     * @param gradient that with respect to C is as if its entries were independent
     */
    record Linearisation(double value, Core inverse, Core dual, Matrix residual, GramPoint gradient) {}

    /** Linearises at a point; empty if C is not positive definite. */
    Optional<Linearisation> linearise(GramPoint point) {
        Core c = grams.core(point.gram());
        for (int j = 0; j < c.excess().length; j++) {
            if (!(c.excess()[j] > 0)) {
                return Optional.empty();
            }
        }
        return LinearAlgebra.cholesky(c.matrix()).map(factor -> {
            Core inverse = new Core(LinearAlgebra.inverseOfCholesky(factor), inverse(c.excess()));
            Core dual = times(products.core(point.product()), inverse);
            Matrix residual = Matrix.zeros(data.rows(), data.columns());
            double value = data.evaluate(logits(point), residual)
                    + mu / 2 * (grams.trace(point.gram()) + products.dot(products.columns(dual), point.product()))
                    + lambda / 2 * dot(point.bias(), point.bias());
            Matrix ofProduct = columns(residual).add(mu, products.columns(dual));
            Matrix ofGram = grams.columns(transposedTimes(dual, dual)).scale(-mu / 2);
            int own = ofGram.columns();
            for (int k = 0; k < own; k++) {
                ofGram.set(own, k, ofGram.get(own, k) + mu / 2);
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
        Core difference = products.core(direction.product());
        add(difference, -1, times(at.dual(), grams.core(direction.gram())));
        Core pulled = times(difference, at.inverse());
        Matrix ofGram = symmetric(grams.columns(transposedTimes(at.dual(), pulled)));
        return new GramPoint(
                columns(change).add(mu, products.columns(pulled)),
                biasGradient(change, direction.bias()),
                ofGram.scale(-mu));
    }

    /** The inner product of points of the whole problem. */
    double dot(GramPoint a, GramPoint b) {
        return products.dot(a.product(), b.product()) + dot(a.bias(), b.bias()) + grams.dot(a.gram(), b.gram());
    }

    private double dot(double[] a, double[] b) {
        double sum = 0;
        for (int h = 0; h < a.length; h++) {
            sum += products.sizes()[h] * a[h] * b[h];
        }
        return sum;
    }

    /** The logits of all groups. */
    private Matrix logits(GramPoint point) {
        Matrix logits = Matrix.zeros(data.rows(), data.columns());
        for (int j = 0; j < products.groups().length; j++) {
            int a = products.groups()[j];
            double scale = 1 / Math.sqrt(model.groups().counts()[a]);
            for (int h = 0; h < data.rows(); h++) {
                logits.set(h, a, scale * point.product().get(h, j));
            }
        }
        for (int a = 0; a < data.columns() && hasBias; a++) {
            for (int h = 0; h < data.rows(); h++) {
                logits.set(h, a, logits.get(h, a) + point.bias()[model.biasGroup(h, a)]);
            }
        }
        return logits;
    }

    /** The derivative with respect to R from residuals or their change. */
    private Matrix columns(Matrix residual) {
        Matrix columns = products.zeros();
        for (int j = 0; j < products.groups().length; j++) {
            int a = products.groups()[j];
            double factor =
                    Math.sqrt(model.groups().counts()[a]) / model.groups().samples();
            for (int h = 0; h < columns.rows(); h++) {
                columns.set(h, j, products.multiplicity(h, j) == 0 ? 0 : factor * residual.get(h, a));
            }
        }
        return columns;
    }

    private double[] biasGradient(Matrix residual, double[] bias) {
        if (!hasBias) {
            return new double[bias.length];
        }
        double[] sums = model.biasGradient(residual);
        double mean = 0;
        for (int h = 0; h < sums.length && isFlat; h++) {
            mean += products.sizes()[h] * sums[h] / model.groups().classes();
        }
        for (int h = 0; h < sums.length; h++) {
            sums[h] += lambda * bias[h] - mean; // round-off must not lead along a flat direction
        }
        return sums;
    }

    static Core times(Core a, Core b) {
        return new Core(LinearAlgebra.multiply(a.matrix(), b.matrix()), products(a.excess(), b.excess()));
    }

    static Core transposedTimes(Core a, Core b) {
        return new Core(
                LinearAlgebra.multiply(a.matrix(), Op.TRANSPOSE, b.matrix(), Op.NONE),
                products(a.excess(), b.excess()));
    }

    private static void add(Core sum, double factor, Core other) {
        sum.matrix().add(factor, other.matrix());
        Vectors.add(factor, other.excess(), sum.excess());
    }

    private static double[] products(double[] a, double[] b) {
        double[] products = a.clone();
        for (int j = 0; j < a.length; j++) {
            products[j] *= b[j];
        }
        return products;
    }

    private static double[] inverse(double[] a) {
        double[] inverse = new double[a.length];
        for (int j = 0; j < a.length; j++) {
            inverse[j] = 1 / a[j];
        }
        return inverse;
    }

    /** {@code (A + Aᵀ)/2} of a square matrix in columns of groups. */
    static Matrix symmetric(Matrix columns) {
        for (int j = 0; j < columns.columns(); j++) {
            for (int i = 0; i < j; i++) {
                double mean = (columns.get(i, j) + columns.get(j, i)) / 2;
                columns.set(i, j, mean);
                columns.set(j, i, mean);
            }
        }
        return columns;
    }
}
