package io.github.collapse4j.nonnegative;

import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Column;
import io.github.collapse4j.model.Loss;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One column of the group lasso: minimises {@code (n/N)·ℓ(x/√n + b) + μ‖x‖} over x by Newton's method, where an entry
 * that stands for m classes counts m times in the norm. The unknown is {@code y = √m·x}, in which the second derivative
 * is diagonal plus two terms of rank one. Not thread-safe.
 */
final class LassoColumn {
    private static final int MAX_STEPS = 200;
    private static final double NOISE_ULPS = 8;

    private final LassoModel model;
    private final Loss loss;
    private final Column column;
    private final int group;
    private final int rows;
    private final double[] roots;
    private final double toLogit;
    private final double toGradient;
    private final double share;
    private final double mu;

    private final double[] y;
    private final double[] offsets;
    private final double[] logits;
    private final double[] residual;
    private final double[] image;

    /** The Hessian at the solution, once it has been needed. */
    private @Nullable LassoHessian hessian;

    /** The column of a class of a group, at zero. */
    LassoColumn(LassoModel model, int group) {
        this.model = model;
        this.group = group;
        this.loss = model.loss();
        this.rows = model.rows();
        double[] multiplicity = new double[rows];
        Arrays.setAll(multiplicity, h -> model.data().multiplicity(h, group));
        this.column = new Column(0, rows, rows - 1, multiplicity, 0, group);
        this.roots = Arrays.stream(multiplicity).map(Math::sqrt).toArray();
        double count = model.groups().counts()[group];
        double samples = model.groups().samples();
        this.toLogit = 1 / Math.sqrt(count);
        this.toGradient = Math.sqrt(count) / samples;
        this.share = count / samples;
        this.mu = model.problem().mu();
        this.y = new double[rows];
        this.offsets = new double[rows];
        this.logits = new double[rows];
        this.residual = new double[rows];
        this.image = new double[rows];
    }

    /** Continues from another column's solution. */
    void startFrom(LassoColumn other) {
        System.arraycopy(other.y, 0, y, 0, rows);
    }

    /** ‖x‖ of the solution; 0 for a class that vanishes. */
    private double norm() {
        return Vectors.norm(y);
    }

    double[] residual() {
        return residual;
    }

    /** The entries of x: those of the other classes of each group and last its own. */
    double[] entries() {
        double[] entries = new double[rows];
        Arrays.setAll(entries, h -> roots[h] == 0 ? 0 : y[h] / roots[h]);
        return entries;
    }

    /** Solves for a bias per group and returns the value. */
    double solve(double[] bias) {
        hessian = null;
        double atZero = evaluateAtZero(bias);
        double[] gradient = lossGradient();
        double norm = Vectors.norm(gradient);
        if (norm <= mu) {
            Arrays.fill(y, 0);
            return atZero;
        }
        double[] start = start(gradient, norm, atZero);
        System.arraycopy(start, 0, y, 0, rows);
        return newton();
    }

    private double evaluateAtZero(double[] bias) {
        for (int h = 0; h < rows; h++) {
            offsets[h] = bias[model.biasGroup(h, group)];
        }
        return evaluate(new double[rows]);
    }

    /** The smallest μ at which the solution for a bias per group is zero. */
    double gradientNormAtZero(double[] bias) {
        evaluateAtZero(bias);
        return Vectors.norm(lossGradient());
    }

    /** The last solution, the closed form or a step along the gradient that is short enough to descend: below the value at 0. */
    private double[] start(double[] gradient, double norm, double atZero) {
        if (norm() > 0 && value(y) < atZero) {
            return y.clone();
        }
        double[] formula = closedForm();
        if (value(formula) < atZero) {
            return formula;
        }
        double step = (norm - mu) * model.groups().samples() / loss.largestCurvature();
        double[] descent = new double[rows];
        Vectors.add(-step / norm, gradient, descent);
        return descent;
    }

    /**
     * The solution for classes that are alike to this one: {@code s(e_k − 1/K)}, whose gradient has the norm μ
     * (docs/theory.md §14).
     */
    private double[] closedForm() {
        double classes = model.groups().classes();
        double reach = mu / (toGradient * classes) * Math.sqrt(classes / (classes - 1));
        double scale =
                model.lossOfOne(group).balancedScale((int) classes, reach).orElse(0);
        double[] formula = new double[rows];
        for (int h = 0; h < rows; h++) {
            formula[h] = roots[h] * scale / toLogit * (h == rows - 1 ? 1 - 1 / classes : -1 / classes);
        }
        return formula;
    }

    private double newton() {
        double value = evaluate(y);
        double[] gradient = gradient();
        double norm = Vectors.norm(gradient);
        for (int step = 0; step < MAX_STEPS && norm > 0; step++) {
            double[] direction = new double[rows];
            hessian().solve(gradient, direction);
            double slope = -Vectors.dot(gradient, direction);
            double noise = NOISE_ULPS * Math.ulp(value);
            double t = 1;
            double[] next = null;
            double found = value;
            for (; t > 1e-10; t /= 2) {
                double[] trial = y.clone();
                Vectors.add(-t, direction, trial);
                found = evaluate(trial);
                if (found <= value + 1e-4 * t * slope + noise) {
                    next = trial;
                    break;
                }
            }
            if (next == null) {
                break;
            }
            double[] previous = y.clone();
            System.arraycopy(next, 0, y, 0, rows);
            double nextValue = found;
            double[] nextGradient = gradient();
            double nextNorm = Vectors.norm(nextGradient);
            if (-slope <= noise && !(nextNorm < norm / 2)) {
                if (nextNorm > norm) {
                    System.arraycopy(previous, 0, y, 0, rows);
                    nextValue = evaluate(y);
                }
                return nextValue;
            }
            value = nextValue;
            gradient = nextGradient;
            norm = nextNorm;
        }
        return evaluate(y);
    }

    private void computeLogits(double[] point) {
        for (int h = 0; h < rows; h++) {
            logits[h] = roots[h] == 0 ? 0 : point[h] / roots[h] * toLogit + offsets[h];
        }
    }

    private double value(double[] point) {
        computeLogits(point);
        return share * loss.value(column, logits) + mu * Vectors.norm(point);
    }

    private double evaluate(double[] point) {
        computeLogits(point);
        return share * loss.evaluate(column, logits, residual) + mu * Vectors.norm(point);
    }

    private double[] lossGradient() {
        double[] gradient = new double[rows];
        for (int h = 0; h < rows; h++) {
            gradient[h] = roots[h] * toGradient * residual[h];
        }
        return gradient;
    }

    private double[] gradient() {
        double[] gradient = lossGradient();
        Vectors.add(mu / norm(), y, gradient);
        return gradient;
    }

    /** The Hessian at y, which is not zero. */
    private LassoHessian hessian() {
        double samples = model.groups().samples();
        double perSample = 1 / samples;
        double[] mass = new double[rows];
        for (int h = 0; h < rows; h++) {
            mass[h] = roots[h] == 0 ? 0 : loss.curvatureMass(column, residual, h) * perSample;
        }
        return new LassoHessian(mass, roots, y, loss.rankOneCurvature(group) * samples, mu);
    }

    /**
     * The derivative of the solution's residuals along a change of the bias, written to {@code change}.
     *
     * @param bias a change of the bias of each group
     */
    void differentiate(double[] bias, double[] change) {
        for (int h = 0; h < rows; h++) {
            image[h] = bias[model.biasGroup(h, group)];
        }
        loss.curvature(column, residual, image, change);
        if (norm() == 0) {
            return;
        }
        if (hessian == null) {
            hessian = hessian();
        }
        for (int h = 0; h < rows; h++) {
            change[h] *= roots[h] * toGradient;
        }
        hessian.solve(change, change);
        for (int h = 0; h < rows; h++) {
            image[h] -= roots[h] == 0 ? 0 : change[h] / roots[h] * toLogit;
        }
        loss.curvature(column, residual, image, change);
    }
}
