package io.github.collapse4j.cosine;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Column;
import io.github.collapse4j.model.CrossEntropy;
import java.util.Arrays;

/**
 * Value and derivatives at a point. Vectors are ambient: d entries for each class, then for each group; those of the
 * tangent space are orthogonal to the point column by column. Not thread-safe.
 */
public final class CosineDerivatives {
    private static final CrossEntropy CROSS_ENTROPY = new CrossEntropy();

    private final CosineProblem problem;
    private final CosinePoint point;
    private final double[] ones;
    private final double value;
    private final Matrix residual;
    private final Matrix gradient;
    private final double[] multipliers;
    private final double[] masses;
    private final double[] riemannian;

    /**
     * Computes everything but second derivatives.
     *
     * @throws IllegalArgumentException if the point does not have the shape of the problem
     */
    public CosineDerivatives(CosineProblem problem, CosinePoint point) {
        int k = problem.classes();
        int m = problem.groups();
        int d = problem.featureDimension();
        if (point.classifier().rows() != d
                || point.classifier().columns() != k
                || point.features().columns() != m) {
            throw new IllegalArgumentException("point: expected " + k + " classes and " + m + " groups in " + d
                    + " dimensions, found " + point.classifier().columns() + ", "
                    + point.features().columns() + " and " + point.classifier().rows());
        }
        this.problem = problem;
        this.point = point;
        this.ones = new double[k];
        Arrays.fill(ones, 1);
        Matrix cosines = point.cosines();
        this.residual = Matrix.zeros(k, m);
        this.gradient = Matrix.zeros(k, m);
        double[] terms = new double[m];
        double[] logits = logits(problem, cosines);
        for (int i = 0; i < m; i++) {
            terms[i] = problem.weight(i) * CROSS_ENTROPY.evaluate(column(i), logits, residual.data());
        }
        this.value = Vectors.sum(terms);
        this.multipliers = new double[k + m];
        this.masses = new double[k + m];
        for (int i = 0; i < m; i++) {
            for (int h = 0; h < k; h++) {
                double g = problem.temperature() * problem.weight(i) * residual.get(h, i);
                gradient.set(h, i, g);
                masses[h] += Math.abs(g);
                masses[k + i] += Math.abs(g);
            }
        }
        this.riemannian = riemannianGradient();
    }

    /** The value alone. */
    static double value(CosineProblem problem, CosinePoint point) {
        double[] ones = new double[problem.classes()];
        Arrays.fill(ones, 1);
        double[] terms = new double[problem.groups()];
        double[] logits = logits(problem, point.cosines());
        for (int i = 0; i < terms.length; i++) {
            terms[i] = problem.weight(i) * CROSS_ENTROPY.value(problem.column(i, ones), logits);
        }
        return Vectors.sum(terms);
    }

    /** τ(R − m): own entries are reduced by τ times the margin. */
    private static double[] logits(CosineProblem problem, Matrix cosines) {
        double[] logits = cosines.data();
        for (int i = 0; i < problem.groups(); i++) {
            int own = problem.labels()[i];
            logits[i * problem.classes() + own] -= problem.margins()[own];
        }
        for (int i = 0; i < logits.length; i++) {
            logits[i] *= problem.temperature();
        }
        return logits;
    }

    private double[] riemannianGradient() {
        int d = problem.featureDimension();
        double[] result = new double[multipliers.length * d];
        Matrix ofClassifier = LinearAlgebra.multiply(point.features(), Op.NONE, gradient, Op.TRANSPOSE);
        Matrix ofFeatures = LinearAlgebra.multiply(point.classifier(), gradient);
        System.arraycopy(ofClassifier.data(), 0, result, 0, ofClassifier.data().length);
        System.arraycopy(ofFeatures.data(), 0, result, ofClassifier.data().length, ofFeatures.data().length);
        double[] units = point.units().data();
        for (int j = 0; j < multipliers.length; j++) {
            multipliers[j] = -dot(result, units, j * d, d);
        }
        project(units, result, d);
        return result;
    }

    /** Removes the part of each column of {@code vector} along that column of {@code units}, in place. */
    static void project(double[] units, double[] vector, int d) {
        for (int from = 0; from < units.length; from += d) {
            double along = dot(vector, units, from, d);
            for (int i = from; i < from + d; i++) {
                vector[i] -= along * units[i];
            }
        }
    }

    private static double dot(double[] x, double[] y, int from, int d) {
        double sum = 0;
        for (int i = from; i < from + d; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    public CosineProblem problem() {
        return problem;
    }

    public CosinePoint point() {
        return point;
    }

    /** F. */
    public double value() {
        return value;
    }

    /** The residuals p_i − e_{y_i}, {@code K×M}. */
    Matrix residual() {
        return residual;
    }

    /** G = ∂F/∂R, {@code K×M}. */
    public Matrix gradient() {
        return gradient;
    }

    /** {@code α_k = −Σ_i G_ki R_ki}, one for each class. */
    public double[] alpha() {
        return Arrays.copyOf(multipliers, problem.classes());
    }

    /** {@code β_i = −Σ_k G_ki R_ki}, one for each group. */
    public double[] beta() {
        return Arrays.copyOfRange(multipliers, problem.classes(), multipliers.length);
    }

    /** α, then β. */
    double[] multipliers() {
        return multipliers;
    }

    /** The sums of |G| over each row, then over each column: the natural units of everything that belongs to a vector. */
    double[] masses() {
        return masses;
    }

    /** The gradient on the product of spheres: ambient and tangent. */
    public double[] riemannian() {
        return riemannian;
    }

    /**
     * The largest norm of the gradient with respect to one vector, relative to its terms Σ|G|; 0 if all terms vanish. At
     * most 1.
     */
    public double relativeGradient() {
        int d = problem.featureDimension();
        double largest = 0;
        for (int j = 0; j < masses.length; j++) {
            double norm = Math.sqrt(dot(riemannian, riemannian, j * d, d));
            if (norm > 0 || Double.isNaN(norm)) {
                largest = Math.max(largest, norm / masses[j]);
            }
        }
        return largest;
    }

    /** The Riemannian Hessian times a tangent vector, to {@code image}; neither may be the other. */
    public void hessianVector(double[] tangent, double[] image) {
        int d = problem.featureDimension();
        int k = problem.classes();
        CosinePoint move = CosinePoint.ofUnits(tangent, d, k);
        Matrix change = LinearAlgebra.multiply(move.classifier(), Op.TRANSPOSE, point.features(), Op.NONE);
        LinearAlgebra.multiply(1, point.classifier(), Op.TRANSPOSE, move.features(), Op.NONE, 1, change);
        Matrix bent = Matrix.zeros(k, problem.groups());
        for (int i = 0; i < problem.groups(); i++) {
            CROSS_ENTROPY.curvature(column(i), residual.data(), change.data(), bent.data());
            double factor = problem.temperature() * problem.temperature() * problem.weight(i);
            for (int h = i * k; h < (i + 1) * k; h++) {
                bent.data()[h] *= factor;
            }
        }
        Matrix ofClassifier = LinearAlgebra.multiply(point.features(), Op.NONE, bent, Op.TRANSPOSE);
        LinearAlgebra.multiply(1, move.features(), Op.NONE, gradient, Op.TRANSPOSE, 1, ofClassifier);
        Matrix ofFeatures = LinearAlgebra.multiply(point.classifier(), bent);
        LinearAlgebra.multiply(1, move.classifier(), Op.NONE, gradient, Op.NONE, 1, ofFeatures);
        System.arraycopy(ofClassifier.data(), 0, image, 0, ofClassifier.data().length);
        System.arraycopy(ofFeatures.data(), 0, image, ofClassifier.data().length, ofFeatures.data().length);
        project(point.units().data(), image, d);
        for (int i = 0; i < image.length; i++) {
            image[i] += multipliers[i / d] * tangent[i];
        }
    }

    /** {@code S = [[D_α, G], [Gᵀ, D_β]]}: the point is a global minimum if it is critical and S ⪰ 0. */
    public Matrix stability() {
        int k = problem.classes();
        Matrix s = Matrix.zeros(multipliers.length, multipliers.length);
        for (int j = 0; j < multipliers.length; j++) {
            s.set(j, j, multipliers[j]);
        }
        for (int i = 0; i < problem.groups(); i++) {
            for (int h = 0; h < k; h++) {
                s.set(h, k + i, gradient.get(h, i));
                s.set(k + i, h, gradient.get(h, i));
            }
        }
        return s;
    }

    /** The smallest number of dimensions that hold all vectors, to {@code tolerance} relative to the largest extent. */
    int rank(double tolerance) {
        double[] values = LinearAlgebra.svd(point.units()).values();
        return (int)
                Arrays.stream(values).filter(v -> v > tolerance * values[0]).count();
    }

    private Column column(int group) {
        return problem.column(group, ones);
    }
}
