package io.github.collapse4j.curvature;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The continuous symmetries of the reduced model, as the tangent space of the orbit through one point (docs/theory.md
 * §5). The Hessian of a critical point vanishes along it; if the nullity equals the orbit's dimension, the critical
 * point is otherwise nondegenerate.
 *
 * <ul>
 *   <li>Rotations of feature space, {@code (WQ, QᵀĤ, b)}.
 *   <li>Cross-entropy with a free bias: a common shift of the bias.
 *   <li>Squared error: {@code (UW, ĤUᵀ, Ub)} for every rotation U among classes with equal counts; with a bias, only
 *       those that preserve the sum over these classes. At a saddle that uses k of p directions of such classes they
 *       add k(p − k) dimensions, at global minima none.
 * </ul>
 */
public final class SymmetryOrbit {
    /** Squared relative length below which a tangent direction counts as zero. */
    private static final double RELATIVE_ZERO = 1e-12;

    /** Maximum number of entries of the tangents of class rotations; with more, they are left out. */
    private static final long CLASS_ROTATION_LIMIT = 40_000_000;

    private final Matrix w;
    private final Matrix h;
    private final SymmetricEigen gram;
    private final int rank;
    private final boolean shift;
    private final int biasStart;
    private final Matrix classRotations;

    private SymmetryOrbit(UfmModel model, UfmPoint point) {
        UfmProblem problem = model.problem();
        w = point.classifier();
        h = point.features();
        gram = LinearAlgebra.symmetricEigen(
                LinearAlgebra.multiply(w, Op.TRANSPOSE, w, Op.NONE).add(1, LinearAlgebra.gramOfRows(h)));
        double ratio = Math.sqrt(problem.lambdaH() / problem.lambdaW());
        double[] values = gram.values();
        double threshold = RELATIVE_ZERO * Math.max(ratio + 1 / ratio, values[values.length - 1]);
        int count = 0;
        for (double value : values) {
            count += value > threshold ? 1 : 0;
        }
        rank = count;
        shift = hasShift(problem);
        biasStart = w.data().length + h.data().length;
        classRotations = classRotations(model, point);
    }

    /**
     * The orbit through a point of a reduced model.
     *
     * @throws IllegalArgumentException if the model is not reduced
     */
    public static SymmetryOrbit through(UfmModel model, UfmPoint point) {
        if (!model.isReduced()) {
            throw new IllegalArgumentException("symmetry orbit: expected the reduced model, found a full one");
        }
        return new SymmetryOrbit(model, point);
    }

    /** The dimension of the span of the rows of W and the columns of Ĥ: r at a critical point. */
    int rank() {
        return rank;
    }

    /**
     * The orbit's dimension: d(d−1)/2 − (d−r)(d−r−1)/2 for rotations of feature space, 1 for the shift of an
     * unpenalised bias, and the contribution of class rotations. The latter are included up to
     * {@value #CLASS_ROTATION_LIMIT} numbers of storage (about K = 50 balanced classes).
     */
    public int dimension() {
        int d = w.columns();
        return d * (d - 1) / 2 - (d - rank) * (d - rank - 1) / 2 + (shift ? 1 : 0) + classRotations.columns();
    }

    /**
     * Bounds the curvature along rotations of feature space at a point with nonzero gradient. For a rotation A of x,
     * {@code ∇²f·Ax = A∇f}, and {@code ‖Ax‖ ≥ ‖A‖·√λ} with λ the smallest positive eigenvalue of {@code WᵀW + ĤĤᵀ}: the
     * Hessian differs by at most {@code (1+√5)/2·‖∇f‖/√λ} from one that vanishes along the orbit.
     *
     * @param gradientNorm ‖∇f‖ at the point
     */
    public double curvatureBound(double gradientNorm) {
        if (rank == 0) {
            return 0;
        }
        double smallest = gram.values()[gram.values().length - rank];
        return (1 + Math.sqrt(5)) / 2 * gradientNorm / Math.sqrt(smallest);
    }

    /** Removes from a vector {@code [W | Ĥ | b]} its component along the orbit. */
    void projectOut(double[] x) {
        projectOutFeatureRotations(x);
        if (shift) {
            double mean = 0;
            for (int k = biasStart; k < x.length; k++) {
                mean += x[k] / (x.length - biasStart);
            }
            for (int k = biasStart; k < x.length; k++) {
                x[k] -= mean;
            }
        }
        for (int j = 0; j < classRotations.columns(); j++) {
            double[] tangent = classRotations.column(j);
            Vectors.add(-Vectors.dot(tangent, x), tangent, x);
        }
    }

    private static boolean hasShift(UfmProblem problem) {
        return problem.loss().isShiftInvariant() && problem.bias() instanceof Bias.Free;
    }

    /**
     * The nearest tangent {@code (WΩ, −ΩĤ)} to (X, Y) solves {@code AΩ + ΩA = WᵀX − YĤᵀ − (…)ᵀ} with
     * {@code A = WᵀW + ĤĤᵀ}: an entrywise division in the eigenbasis of A.
     */
    private void projectOutFeatureRotations(double[] x) {
        int d = w.columns();
        Matrix dw = part(x, 0, w);
        Matrix dh = part(x, w.data().length, h);
        Matrix moment = LinearAlgebra.multiply(w, Op.TRANSPOSE, dw, Op.NONE);
        LinearAlgebra.multiply(-1, dh, Op.NONE, h, Op.TRANSPOSE, 1, moment);
        moment = LinearAlgebra.multiply(
                gram.vectors(), Op.TRANSPOSE, LinearAlgebra.multiply(moment, gram.vectors()), Op.NONE);
        Matrix rotation = Matrix.zeros(d, d);
        for (int j = 0; j < d; j++) {
            for (int i = 0; i < d; i++) {
                boolean moves = i >= d - rank || j >= d - rank;
                if (i != j && moves) {
                    double sum = Math.max(0, gram.values()[i]) + Math.max(0, gram.values()[j]);
                    rotation.set(i, j, (moment.get(i, j) - moment.get(j, i)) / sum);
                }
            }
        }
        rotation = LinearAlgebra.multiply(
                gram.vectors(),
                Op.NONE,
                LinearAlgebra.multiply(rotation, Op.NONE, gram.vectors(), Op.TRANSPOSE),
                Op.NONE);
        LinearAlgebra.multiply(-1, w, Op.NONE, rotation, Op.NONE, 1, dw);
        LinearAlgebra.multiply(1, rotation, Op.NONE, h, Op.NONE, 1, dh);
        System.arraycopy(dw.data(), 0, x, 0, dw.data().length);
        System.arraycopy(dh.data(), 0, x, dw.data().length, dh.data().length);
    }

    private static Matrix part(double[] x, int from, Matrix shape) {
        double[] entries = Arrays.copyOfRange(x, from, from + shape.data().length);
        return Matrix.wrap(shape.rows(), shape.columns(), entries);
    }

    /** Orthonormal tangents of class rotations, orthogonal to the rotations of feature space. */
    private Matrix classRotations(UfmModel model, UfmPoint point) {
        UfmProblem problem = model.problem();
        int n = model.dimension();
        if (!(problem.loss() instanceof SquaredError)) {
            return Matrix.zeros(n, 0);
        }
        List<double[]> directions = new ArrayList<>();
        List<int[]> planes = planes(problem, directions);
        if ((long) planes.size() * n > CLASS_ROTATION_LIMIT || planes.isEmpty()) {
            return Matrix.zeros(n, 0);
        }
        Matrix tangents = Matrix.zeros(n, planes.size());
        for (int g = 0; g < planes.size(); g++) {
            double[] tangent =
                    tangent(model, point, directions.get(planes.get(g)[0]), directions.get(planes.get(g)[1]));
            projectOutFeatureRotations(tangent);
            System.arraycopy(tangent, 0, tangents.data(), g * n, n);
        }
        SymmetricEigen eigen =
                LinearAlgebra.symmetricEigen(LinearAlgebra.multiply(tangents, Op.TRANSPOSE, tangents, Op.NONE));
        double size = w.dot(w) + h.dot(h) + Vectors.dot(point.bias(), point.bias());
        List<double[]> kept = new ArrayList<>();
        for (int i = planes.size() - 1; i >= 0 && eigen.values()[i] > RELATIVE_ZERO * size; i--) {
            double[] combined = new double[n];
            for (int g = 0; g < planes.size(); g++) {
                Vectors.add(eigen.vectors().get(g, i) / Math.sqrt(eigen.values()[i]), tangents.column(g), combined);
            }
            kept.add(combined);
        }
        Matrix basis = Matrix.zeros(n, kept.size());
        for (int i = 0; i < kept.size(); i++) {
            System.arraycopy(kept.get(i), 0, basis.data(), i * n, n);
        }
        return basis;
    }

    /**
     * Planes of rotation as pairs of indices into {@code directions}, which is filled with orthonormal vectors over the
     * classes.
     */
    private static List<int[]> planes(UfmProblem problem, List<double[]> directions) {
        Map<Long, List<Integer>> groups = new LinkedHashMap<>();
        for (int k = 0; k < problem.classes(); k++) {
            groups.computeIfAbsent(problem.counts().count(k), count -> new ArrayList<>())
                    .add(k);
        }
        List<int[]> planes = new ArrayList<>();
        for (List<Integer> members : groups.values()) {
            int first = directions.size();
            int m = members.size();
            for (int i = problem.bias().isPresent() ? 1 : 0; i < m; i++) {
                double[] direction = new double[problem.classes()];
                if (!problem.bias().isPresent()) {
                    direction[members.get(i)] = 1;
                } else {
                    // Helmert contrasts: member i against those before it.
                    double length = Math.sqrt((double) i * (i + 1));
                    for (int l = 0; l < i; l++) {
                        direction[members.get(l)] = -1 / length;
                    }
                    direction[members.get(i)] = i / length;
                }
                directions.add(direction);
            }
            for (int i = first; i < directions.size(); i++) {
                for (int j = first; j < i; j++) {
                    planes.add(new int[] {j, i});
                }
            }
        }
        return planes;
    }

    /** {@code (ΞW, −ĤΞ, Ξb)} for {@code Ξ = p qᵀ − q pᵀ}. */
    private double[] tangent(UfmModel model, UfmPoint point, double[] p, double[] q) {
        int classes = p.length;
        int d = w.columns();
        double[] x = new double[model.dimension()];
        for (int a = 0; a < d; a++) {
            double onP = 0;
            double onQ = 0;
            double featureP = 0;
            double featureQ = 0;
            for (int k = 0; k < classes; k++) {
                onP += p[k] * w.get(k, a);
                onQ += q[k] * w.get(k, a);
                featureP += p[k] * h.get(a, k);
                featureQ += q[k] * h.get(a, k);
            }
            for (int k = 0; k < classes; k++) {
                x[a * classes + k] = p[k] * onQ - q[k] * onP;
                x[w.data().length + k * d + a] = featureQ * p[k] - featureP * q[k];
            }
        }
        if (x.length > biasStart) {
            double onP = Vectors.dot(p, point.bias());
            double onQ = Vectors.dot(q, point.bias());
            for (int k = 0; k < classes; k++) {
                x[biasStart + k] = p[k] * onQ - q[k] * onP;
            }
        }
        return x;
    }
}
