package io.github.collapse4j.prover;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.proof.Derivatives;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.ExactPoint;
import io.github.collapse4j.proof.Rational;
import io.github.collapse4j.proof.Slice;
import java.math.BigInteger;

/** The critical point W = 0, Ĥ = 0 of a model with a bias: the bias is the only unknown, in which f is convex. */
final class ZeroPoint {
    private static final int STEPS = 100;

    /** The shortest Newton step tried, as a fraction. */
    private static final double MIN_STEP = 0x1p-20;

    private final ExactModel model;
    private final int classes;

    private ZeroPoint(ExactModel model) {
        this.model = model;
        this.classes = model.rows();
    }

    /** The point of an ungrouped model, refined by Newton's method as far as doubles allow. */
    static Refinement of(ExactModel model) {
        return new ZeroPoint(model).refine();
    }

    private Refinement refine() {
        double[] b = new double[classes];
        for (int step = 0; step < STEPS; step++) {
            double[] next = newtonStep(b);
            if (next == b) {
                break;
            }
            b = next;
        }
        double least = hessian(b).values()[0];
        ExactPoint point = point(b);
        return new Refinement(
                point,
                new Slice(
                        new Rational(BigInteger.ONE, BigInteger.valueOf(classes)),
                        Refinement.radius(model, point, least),
                        model.hasShift() ? Refinement.below(classes) : 1),
                least,
                least);
    }

    private ExactPoint point(double[] b) {
        return new ExactPoint(new double[classes][0], new double[0][0], b);
    }

    private double[] gradient(double[] b) {
        return Refinement.gradient(model, point(b));
    }

    /** The longest of halved Newton steps that reduces the gradient; the point itself if none does. */
    private double[] newtonStep(double[] b) {
        double[] gradient = gradient(b);
        double norm = Refinement.norm(gradient);
        SymmetricEigen eigen = hessian(b);
        Matrix right = Matrix.zeros(classes, 1);
        System.arraycopy(gradient, 0, right.data(), 0, classes);
        Matrix coefficients = LinearAlgebra.multiply(eigen.vectors(), Op.TRANSPOSE, right, Op.NONE);
        for (int i = 0; i < classes; i++) {
            coefficients.data()[i] /= eigen.values()[i];
        }
        double[] step = LinearAlgebra.multiply(eigen.vectors(), coefficients).data();
        for (double fraction = 1; fraction >= MIN_STEP; fraction /= 2) {
            double[] next = b.clone();
            for (int k = 0; k < classes; k++) {
                next[k] -= fraction * step[k];
            }
            if (Refinement.norm(gradient(next)) < norm) {
                return next;
            }
        }
        return b;
    }

    /** ∇²f for the bias, plus {@code 11ᵀ/K} across the shift. */
    private SymmetricEigen hessian(double[] b) {
        double[][] lower = new Derivatives(model, point(b)).approximateHessian();
        Matrix hessian = Matrix.zeros(classes, classes);
        for (int k = 0; k < classes; k++) {
            for (int l = 0; l < classes; l++) {
                double curvature = lower[Math.max(k, l)][Math.min(k, l)];
                hessian.set(k, l, curvature + (model.hasShift() ? 1.0 / classes : 0));
            }
        }
        return LinearAlgebra.symmetricEigen(hessian);
    }
}
