package io.github.collapse4j.prover;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.proof.ExactBias;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.ExactPoint;
import io.github.collapse4j.proof.LossKind;
import io.github.collapse4j.proof.Rational;
import io.github.collapse4j.proof.Slice;
import java.math.BigInteger;
import java.util.Arrays;

/** The critical point W = 0, Ĥ = 0 of a model with a bias: the bias is the only unknown, in which f is convex. */
final class ZeroPoint {
    private static final int STEPS = 60;

    private final ExactModel model;
    private final int classes;
    private final boolean cross;
    private final boolean shift;

    private ZeroPoint(ExactModel model) {
        this.model = model;
        this.classes = model.groups();
        this.cross = model.loss() == LossKind.CROSS_ENTROPY;
        this.shift = cross && model.bias() instanceof ExactBias.Free;
    }

    /** The point of an ungrouped model, refined by Newton's method as far as doubles allow. */
    static Refinement of(ExactModel model) {
        return new ZeroPoint(model).refine();
    }

    private Refinement refine() {
        double samples = model.samples().doubleValue();
        double[] b = new double[classes];
        Arrays.setAll(b, k -> cross ? Math.log(model.counts()[k] / samples) : model.counts()[k] / samples);
        double[] gradient = Refinement.gradient(model, point(b));
        for (int step = 0; step < STEPS; step++) {
            double[] next = newtonStep(b, gradient);
            double[] nextGradient = Refinement.gradient(model, point(next));
            if (!(Refinement.norm(nextGradient) < Refinement.norm(gradient))) {
                break;
            }
            b = next;
            gradient = nextGradient;
        }
        double least = hessian(b).values()[0];
        ExactPoint point = point(b);
        return new Refinement(
                point,
                new Slice(
                        new Rational(BigInteger.ONE, BigInteger.valueOf(classes)),
                        Refinement.radius(model, point, least),
                        shift ? Refinement.below(classes) : 1),
                least,
                least);
    }

    private ExactPoint point(double[] b) {
        return new ExactPoint(new double[classes][0], new double[0][classes], b);
    }

    private double[] newtonStep(double[] b, double[] gradient) {
        SymmetricEigen eigen = hessian(b);
        Matrix right = Matrix.zeros(classes, 1);
        System.arraycopy(gradient, 0, right.data(), 0, classes);
        Matrix coefficients = LinearAlgebra.multiply(eigen.vectors(), Op.TRANSPOSE, right, Op.NONE);
        for (int i = 0; i < classes; i++) {
            coefficients.data()[i] /= eigen.values()[i];
        }
        double[] step = LinearAlgebra.multiply(eigen.vectors(), coefficients).data();
        double[] next = b.clone();
        for (int k = 0; k < classes; k++) {
            next[k] -= step[k];
        }
        return next;
    }

    /** ∇²f for the bias, plus {@code 11ᵀ/K} across the shift. */
    private SymmetricEigen hessian(double[] b) {
        double[] p = softmax(b);
        double lambda = model.bias() instanceof ExactBias.Regularised regularised
                ? regularised.lambda().approximately()
                : 0;
        Matrix hessian = Matrix.zeros(classes, classes);
        for (int k = 0; k < classes; k++) {
            for (int l = 0; l < classes; l++) {
                double curvature = cross ? (k == l ? p[k] : 0) - p[k] * p[l] : k == l ? 1 : 0;
                hessian.set(k, l, curvature + (k == l ? lambda : 0) + (shift ? 1.0 / classes : 0));
            }
        }
        return LinearAlgebra.symmetricEigen(hessian);
    }

    private static double[] softmax(double[] b) {
        double largest = Arrays.stream(b).max().orElseThrow();
        double[] p = Arrays.stream(b).map(x -> Math.exp(x - largest)).toArray();
        double sum = Arrays.stream(p).sum();
        return Arrays.stream(p).map(x -> x / sum).toArray();
    }
}
