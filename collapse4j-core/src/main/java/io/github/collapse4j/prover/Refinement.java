package io.github.collapse4j.prover;

import io.github.collapse4j.curvature.DenseHessian;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.proof.Derivatives;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.ExactPoint;
import io.github.collapse4j.proof.Interval;
import io.github.collapse4j.proof.Lipschitz;
import io.github.collapse4j.proof.Rational;
import io.github.collapse4j.proof.Slice;
import java.math.BigInteger;
import java.util.Objects;

/**
 * A critical point refined until its gradient, evaluated in more than double precision, is as small as a point in
 * doubles allows; with the slice on which it can be proved.
 *
 * @param point the refined point
 * @param slice c, r and the hint of the slice
 * @param smallest the smallest eigenvalue of ∇²f + cT̄T̄ᵀ
 * @param smallestSize the smallest absolute value of these eigenvalues
 */
record Refinement(ExactPoint point, Slice slice, double smallest, double smallestSize) {
    private static final int STEPS = 8;

    /** Gauge weights to try: powers of ten from a thousandth to a hundred. */
    private static final int MIN_POWER = -3;

    private static final int MAX_POWER = 2;

    /** Ratio of a hint to the eigenvalue computed in doubles. */
    private static final double SAFETY = 0.99;

    /** m₀/(Lr): the maximum gradient allowed is largest at 2; a larger quotient leaves room for a larger L. */
    private static final double RADIUS_QUOTIENT = 2.4;

    /** Refines a point that is critical to about double precision. */
    static Refinement of(ExactModel model, UfmModel reduced, ExactPoint start) {
        Weight weight = Weight.best(model, reduced, start);
        ExactPoint point = start;
        double[] gradient = gradient(model, point);
        double norm = norm(gradient);
        for (int step = 0; step < STEPS; step++) {
            ExactPoint next = newtonStep(point, model.groups(), weight.eigen(), gradient);
            double[] nextGradient = gradient(model, next);
            double nextNorm = norm(nextGradient);
            if (!(nextNorm < norm)) {
                break;
            }
            point = next;
            gradient = nextGradient;
            norm = nextNorm;
        }
        Weight last = Weight.best(model, reduced, point);
        double radius = radius(model, point, last.smallestSize());
        return new Refinement(
                point,
                new Slice(last.rational(), radius, SAFETY * last.smallestOfGram()),
                last.smallest(),
                last.smallestSize());
    }

    /** A hint slightly below a smallest eigenvalue. */
    static double below(double eigenvalue) {
        return SAFETY * eigenvalue;
    }

    static double radius(ExactModel model, ExactPoint point, double smallest) {
        double radius = smallest / RADIUS_QUOTIENT;
        for (int i = 0; i < 2; i++) {
            double tried = Math.min(1, Math.max(Double.MIN_NORMAL, radius));
            double lipschitz = Lipschitz.bound(model, point, Interval.of(tried)).approximately();
            radius = smallest / (RADIUS_QUOTIENT * lipschitz);
        }
        return (float) Math.min(1, Math.max(Float.MIN_NORMAL, radius));
    }

    /** The gradient in the order of the proof: W by rows, Ĥ by rows, b. */
    static double[] gradient(ExactModel model, ExactPoint point) {
        Interval[] exact = new Derivatives(model, point).gradient();
        double[] gradient = new double[exact.length];
        for (int i = 0; i < exact.length; i++) {
            gradient[i] = exact[i].approximately();
        }
        return gradient;
    }

    static double norm(double[] x) {
        double squares = 0;
        for (double entry : x) {
            squares += entry * entry;
        }
        return Math.sqrt(squares);
    }

    private static ExactPoint newtonStep(ExactPoint point, int groups, SymmetricEigen eigen, double[] gradient) {
        int classes = point.classes();
        int d = point.dimension();
        int n = gradient.length;
        Matrix right = Matrix.zeros(n, 1);
        for (int i = 0; i < n; i++) {
            right.data()[position(i, classes, groups, d)] = gradient[i];
        }
        Matrix coefficients = LinearAlgebra.multiply(eigen.vectors(), Op.TRANSPOSE, right, Op.NONE);
        for (int i = 0; i < n; i++) {
            coefficients.data()[i] /= eigen.values()[i];
        }
        double[] step = LinearAlgebra.multiply(eigen.vectors(), coefficients).data();
        double[][] w = new double[classes][d];
        double[][] h = new double[d][groups];
        double[] b = point.b().clone();
        for (int i = 0; i < n; i++) {
            double change = step[position(i, classes, groups, d)];
            if (i < classes * d) {
                w[i / d][i % d] = point.w()[i / d][i % d] - change;
            } else if (i < (classes + groups) * d) {
                int at = i - classes * d;
                h[at / groups][at % groups] = point.h()[at / groups][at % groups] - change;
            } else {
                b[i - (classes + groups) * d] -= change;
            }
        }
        return new ExactPoint(w, h, b);
    }

    /** The index of unknown i of the proof in the vector [W | H | b], stored by columns. */
    private static int position(int i, int classes, int groups, int d) {
        if (i < classes * d) {
            return (i % d) * classes + i / d;
        }
        if (i < (classes + groups) * d) {
            int at = i - classes * d;
            return classes * d + (at % groups) * d + at / groups;
        }
        return i;
    }

    /** A gauge weight c with the eigenvalues of ∇²f + cT̄T̄ᵀ. */
    private record Weight(Rational rational, SymmetricEigen eigen, double smallestOfGram) {
        static Weight best(ExactModel model, UfmModel reduced, ExactPoint exact) {
            UfmPoint point = Translation.point(exact);
            Matrix hessian = DenseHessian.of(reduced, point);
            Matrix tangents = tangents(model, point, hessian.rows());
            Matrix gauge = LinearAlgebra.multiply(tangents, Op.NONE, tangents, Op.TRANSPOSE);
            double smallestOfGram = tangents.columns() == 0
                    ? 1
                    : LinearAlgebra.symmetricEigenvalues(
                            LinearAlgebra.multiply(tangents, Op.TRANSPOSE, tangents, Op.NONE))[0];
            Weight best = null;
            for (int power = MIN_POWER; power <= MAX_POWER; power++) {
                Rational c =
                        new Rational(BigInteger.TEN.pow(Math.max(0, power)), BigInteger.TEN.pow(Math.max(0, -power)));
                Matrix sum = hessian.copy().add(c.approximately(), gauge);
                Weight weight = new Weight(c, LinearAlgebra.symmetricEigen(sum), smallestOfGram);
                if (best == null || weight.smallestSize() > 1.01 * best.smallestSize()) {
                    best = weight;
                }
            }
            return Objects.requireNonNull(best);
        }

        double smallest() {
            return eigen.values()[0];
        }

        double smallestSize() {
            double least = Double.POSITIVE_INFINITY;
            for (double value : eigen.values()) {
                least = Math.min(least, Math.abs(value));
            }
            return least;
        }

        /** The tangents {@code (WA, −AĤ, 0)} for every plane of rotation, and the shift of a free bias. */
        private static Matrix tangents(ExactModel model, UfmPoint point, int unknowns) {
            Matrix w = point.classifier();
            Matrix h = point.features();
            int classes = w.rows();
            int d = w.columns();
            boolean shift = model.hasShift();
            int rotations = d * (d - 1) / 2;
            Matrix tangents = Matrix.zeros(unknowns, rotations + (shift ? 1 : 0));
            int column = 0;
            for (int i = 1; i < d; i++) {
                for (int j = 0; j < i; j++) {
                    for (int k = 0; k < classes; k++) {
                        tangents.set(j * classes + k, column, w.get(k, i));
                        tangents.set(i * classes + k, column, -w.get(k, j));
                    }
                    for (int k = 0; k < h.columns(); k++) {
                        tangents.set(classes * d + k * d + i, column, -h.get(j, k));
                        tangents.set(classes * d + k * d + j, column, h.get(i, k));
                    }
                    column++;
                }
            }
            for (int k = 0; shift && k < classes; k++) {
                tangents.set(unknowns - classes + k, rotations, 1);
            }
            return tangents;
        }
    }
}
