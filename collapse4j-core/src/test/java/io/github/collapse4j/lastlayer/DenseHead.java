package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.optim.Lbfgs;
import io.github.collapse4j.optim.Limits;
import io.github.collapse4j.optim.OptimizerResult;
import io.github.collapse4j.optim.SmoothFunction;
import java.util.Arrays;

/** The head for fixed features, in memory: {@code g + λ_W/2‖W‖² + λ_b/2‖b‖²}, with the data term of the full model. */
final class DenseHead implements SmoothFunction {
    private final UfmModel model;
    private final Matrix features;
    private final double lambda;
    private final double lambdaB;

    DenseHead(UfmModel model, Matrix features, double lambda, double lambdaB) {
        this.model = model;
        this.features = features;
        this.lambda = lambda;
        this.lambdaB = lambdaB;
    }

    @Override
    public int dimension() {
        return model.problem().classes() * (features.rows() + 1);
    }

    double[] vector(UfmPoint point) {
        double[] x = Arrays.copyOf(point.classifier().data(), dimension());
        System.arraycopy(point.bias(), 0, x, x.length - point.bias().length, point.bias().length);
        return x;
    }

    @Override
    public double value(double[] x) {
        return linearize(x, new double[x.length]);
    }

    @Override
    public double linearize(double[] x, double[] gradient) {
        int classes = model.problem().classes();
        int entries = classes * features.rows();
        Matrix weights = Matrix.wrap(classes, features.rows(), Arrays.copyOf(x, entries));
        double[] bias = Arrays.copyOfRange(x, entries, x.length);
        Matrix logits = BatchResiduals.logits(weights, bias, features);
        Matrix residual = Matrix.zeros(classes, features.columns());
        double n = features.columns();
        double value = model.dataTerm().evaluate(logits, residual);
        Matrix product = LinearAlgebra.multiply(residual, Op.NONE, features, Op.TRANSPOSE);
        for (int i = 0; i < entries; i++) {
            gradient[i] = product.data()[i] / n + lambda * x[i];
        }
        for (int k = 0; k < classes; k++) {
            double sum = 0;
            for (int j = 0; j < features.columns(); j++) {
                sum += residual.get(k, j);
            }
            gradient[entries + k] = sum / n + lambdaB * x[entries + k];
        }
        return value + lambda / 2 * weights.dot(weights) + lambdaB / 2 * Vectors.dot(bias, bias);
    }

    @Override
    public void hessianVector(double[] direction, double[] image) {
        throw new UnsupportedOperationException();
    }

    private OptimizerResult solve(UfmPoint start) {
        return new Lbfgs(Lbfgs.Options.defaults())
                .minimize(this, vector(start), Limits.defaults().withGradientTolerance(1e-10));
    }

    double minimum(UfmPoint start) {
        return solve(start).value();
    }

    UfmPoint minimiser(UfmPoint start) {
        double[] x = solve(start).point();
        int entries = start.classifier().data().length;
        return new UfmPoint(
                Matrix.wrap(model.problem().classes(), features.rows(), Arrays.copyOf(x, entries)),
                start.features(),
                Arrays.copyOfRange(x, entries, x.length));
    }
}
