package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.TrainingLoss.Kind;
import io.github.collapse4j.model.UfmPoint;

/** The dual bound of a layer with targets, written out from the conjugates of the plain losses (docs/theory.md §4, §10). */
final class DenseTargetBound {
    private DenseTargetBound() {}

    static double of(Kind kind, Matrix targets, UfmPoint point, Bias bias, double mu) {
        int outputs = targets.rows();
        int samples = targets.columns();
        double[] b = point.bias().clone();
        // Gradient steps of at most 1/L with L = 1/N for every loss.
        for (int step = 0; bias instanceof Bias.Free && step < 2000; step++) {
            double[] slope = means(residuals(kind, targets, point, b));
            for (int k = 0; k < outputs; k++) {
                b[k] -= slope[k];
            }
        }
        Matrix residuals = residuals(kind, targets, point, b);
        double sigma = LinearAlgebra.svd(residuals).values()[0] / samples;
        double c = Math.min(1, mu / sigma);
        double conjugates = 0;
        for (int i = 0; i < samples; i++) {
            for (int k = 0; k < outputs; k++) {
                double v = c * residuals.get(k, i);
                double y = targets.get(k, i);
                conjugates += switch (kind) {
                    case SOFTMAX -> xlogx(y + v);
                    case SIGMOID -> xlogx(y + v) + xlogx(1 - y - v);
                    case SQUARED -> v * v / 2 + v * y;
                };
            }
        }
        double ofBias = 0;
        for (double slope : means(residuals)) {
            ofBias += bias instanceof Bias.Regularised ? c * c * slope * slope / (2 * bias.lambda()) : 0;
        }
        return -conjugates / samples - ofBias;
    }

    private static double xlogx(double x) {
        return x > 0 ? x * Math.log(x) : 0;
    }

    private static double[] means(Matrix residuals) {
        double[] means = new double[residuals.rows()];
        for (int i = 0; i < residuals.columns(); i++) {
            for (int k = 0; k < means.length; k++) {
                means[k] += residuals.get(k, i) / residuals.columns();
            }
        }
        return means;
    }

    private static Matrix residuals(Kind kind, Matrix targets, UfmPoint point, double[] b) {
        Matrix residuals = Matrix.zeros(targets.rows(), targets.columns());
        for (int i = 0; i < targets.columns(); i++) {
            double sum = 0;
            for (int k = 0; k < targets.rows(); k++) {
                double z = b[k];
                for (int a = 0; a < point.features().rows(); a++) {
                    z += point.classifier().get(k, a) * point.features().get(a, i);
                }
                residuals.set(
                        k, i, kind == Kind.SOFTMAX ? Math.exp(z) : kind == Kind.SIGMOID ? 1 / (1 + Math.exp(-z)) : z);
                sum += residuals.get(k, i);
            }
            for (int k = 0; k < targets.rows(); k++) {
                double p = kind == Kind.SOFTMAX ? residuals.get(k, i) / sum : residuals.get(k, i);
                residuals.set(k, i, p - targets.get(k, i));
            }
        }
        return residuals;
    }
}
