package io.github.collapse4j.solve;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Residuals;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.linalg.UnitRoundOff;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A solution of the convex twin with its certificate. It is a global minimum of the factorised model at every feature
 * dimension that is at least its rank, at a cost that depends on the number of groups, not of classes. In fewer
 * dimensions its balanced factors keep only the largest singular values, which gives the value {@link #objective(int)}.
 *
 * @param problem the problem
 * @param groups groups of exchangeable classes
 * @param point the twin's solution
 * @param objective its value
 * @param lowerBound certified lower bound on the global minimum
 * @param logits {@code (G+1)×G} including biases: column g is a sample of group g, row h the logit of another class of
 *     group h, the last row that of the own class
 * @param relativeResidual ‖∇_W f‖/(λ_W‖W‖) of the balanced factorisation, equal to ‖∇_H f‖/(λ_H‖H‖); 0 if W = 0
 * @param biasResidual ‖∇g·1 + λ_b b‖ relative to the terms of the sum; 0 without bias
 * @param core decomposition of the core of {@code point}
 * @param singularValues singular values of R̂
 */
public record TwinSolution(
        UfmProblem problem,
        ClassGroups groups,
        TwinPoint point,
        double objective,
        LowerBound lowerBound,
        Matrix logits,
        double relativeResidual,
        double biasResidual,
        Svd core,
        SingularValues singularValues) {
    /** The relative gap up to which a point counts as a global minimum. */
    static final double TOLERANCE = Assessor.Options.defaults().relativeGap();

    /** Evaluates a point with the bound from its own residuals. */
    static TwinSolution of(TwinModel model, TwinPoint point) {
        Matrix logits = model.newLogits();
        Matrix residual = model.newLogits();
        model.logits(point.separation(), point.core(), point.bias(), logits);
        model.data().evaluate(logits, residual);
        return of(model, new PrimalDual(point, residual));
    }

    /** Evaluates a point with the bound of a dual point: value, bound, residuals. */
    static TwinSolution of(TwinModel model, PrimalDual pair) {
        int n = model.size();
        TwinPoint point = pair.point();
        Matrix residual = pair.residual();
        Matrix logits = model.newLogits();
        TwinModel.Gradient gradient = TwinModel.Gradient.zeros(n);
        double mu = model.problem().mu();
        Svd svd = LinearAlgebra.svd(point.core());
        model.logits(point.separation(), point.core(), point.bias(), logits);
        double objective = model.data().value(logits)
                + model.outerPenalty(point.separation(), point.bias())
                + mu * Vectors.sum(svd.values());
        model.adjoint(residual, gradient);
        // In the balanced factors U√Σ and √ΣVᵀ, scaled to equal penalties: (∇g V + μU)√Σ.
        Matrix stationarity = LinearAlgebra.multiply(gradient.core(), svd.v()).add(mu, svd.u());
        double squares = 0;
        double size = 0;
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                squares += svd.values()[j] * stationarity.get(i, j) * stationarity.get(i, j);
            }
            size += svd.values()[j];
        }
        for (int g = 0; g < n; g++) {
            double m = model.groups().sizes()[g];
            if (m > 1) {
                double active = gradient.separation()[g] / (m - 1) + mu;
                squares += (m - 1) * point.separation()[g] * active * active;
                size += (m - 1) * point.separation()[g];
            }
        }
        return new TwinSolution(
                model.problem(),
                model.groups(),
                point,
                objective,
                model.provedBound(residual),
                logits,
                size == 0 ? 0 : Math.sqrt(squares / size) / mu,
                model.problem().bias().isPresent() ? biasResidual(model, point, residual, gradient) : 0,
                svd,
                SingularValues.of(
                        svd.values(), point.separation(), model.groups().sizes()));
    }

    /** {@link Residuals#bias()}, where a class of group g represents all m_g. */
    private static double biasResidual(TwinModel model, TwinPoint point, Matrix residual, TwinModel.Gradient gradient) {
        int n = model.size();
        Matrix sizes = residual.copy();
        Arrays.setAll(sizes.data(), i -> Math.abs(sizes.data()[i]));
        TwinModel.Gradient terms = TwinModel.Gradient.zeros(n);
        model.adjoint(sizes, terms);
        double[] bias = new double[n];
        double[] ofGroup = new double[n];
        double[] termsOfGroup = new double[n];
        for (int g = 0; g < n; g++) {
            double root = Math.sqrt(model.groups().sizes()[g]);
            bias[g] = root * point.bias()[g];
            ofGroup[g] = gradient.bias()[g] / root;
            termsOfGroup[g] = terms.bias()[g] / root;
        }
        return Residuals.ofBias(
                ofGroup, termsOfGroup, bias, model.problem().bias().lambda());
    }

    /** The balanced factors in the problem's feature dimension: a point of the reduced model. */
    public UfmPoint factors() {
        return Factors.of(this);
    }

    /** The certified relative gap, {@code (objective − bound)/objective}. */
    public double relativeGap() {
        return lowerBound.relativeGap(objective);
    }

    /** An upper bound on σ_max(∇g)/μ; 1 at a global minimum other than zero. */
    public double sigmaOverMu() {
        return lowerBound.sigmaMax() / problem.mu();
    }

    /**
     * An upper bound on the value of the balanced factors with the d largest singular values (docs/theory.md §4):
     * leaving out Δ raises the data term by its curvature along Δ, and by the excess of the gradient over μ.
     */
    public double objective(int d) {
        double excess = Math.max(0, lowerBound.sigmaMax() - problem.mu());
        double curvature = problem.loss().largestCurvature() / groups.samples();
        return objective + singularValues.sumBeyond(d, s -> s * (curvature / 2 * s + excess));
    }

    /** Whether the largest singular values are the global minimum of any smaller dimension (docs/theory.md §4). */
    boolean holdsAtEveryDimension() {
        return problem.loss().isPlain() && problem.hasClosedFormAtEveryDimension();
    }

    /**
     * A certified lower bound on the global minimum at feature dimension d. For squared error without a bias or with a
     * free one it is that minimum, minus round-off (docs/theory.md §4): every singular value that does not fit costs
     * its square over 2N. Otherwise it is the twin's.
     */
    public LowerBound lowerBound(int d) {
        if (!holdsAtEveryDimension()) {
            return lowerBound;
        }
        double threshold = problem.mu() * groups.samples();
        // Without bias the values are √n_k − μN; with a free one they come from a decomposition, accurate to its
        // backward error.
        boolean exact = problem.bias() instanceof Bias.None;
        double common =
                exact ? 0 : 32.0 * groups.groups() * UnitRoundOff.DOUBLE * (singularValues.largest() + threshold);
        double squares = singularValues.sumBeyond(d, s -> {
            double least = Math.max(0, s - common - 8 * UnitRoundOff.DOUBLE * (s + threshold));
            return least * least;
        });
        double cost = squares / (2 * groups.samples());
        double roundOff = UnitRoundOff.DOUBLE * (singularValues.values().length + 8) * (lowerBound.value() + cost);
        return cost == 0
                ? lowerBound
                : new LowerBound(
                        lowerBound.value() + cost - roundOff,
                        lowerBound.sigmaMax(),
                        lowerBound.scale(),
                        lowerBound.roundOff() + roundOff);
    }

    /** The smallest feature dimension whose balanced factors reach the twin's value, to the tolerance of a verdict. */
    public int rank() {
        double own = relativeGap();
        double allowed = own <= TOLERANCE ? TOLERANCE : own + TOLERANCE;
        int low = 0;
        int high = singularValues.count();
        while (low < high) {
            int d = (low + high) >>> 1;
            if (lowerBound.relativeGap(objective(d)) <= allowed) {
                high = d;
            } else {
                low = d + 1;
            }
        }
        return high;
    }

    /**
     * √n_g/N: exactly for μ at or above this value, the classes of a group of several cannot be distinguished, and with
     * squared error and no bias every class of the group vanishes (docs/theory.md §6).
     */
    public double criticalMu(int group) {
        return threshold(group).orElseThrow() * Math.sqrt(groups.counts()[group]) / groups.samples();
    }

    private OptionalDouble threshold(int group) {
        return problem.loss().collapseThreshold(groups.members()[group][0]);
    }

    /** Whether {@link #criticalMu} applies to a group: it has several classes, or the model is squared error without bias. */
    public boolean hasCriticalMu(int group) {
        boolean vanishes = holdsAtEveryDimension() && problem.bias() instanceof Bias.None;
        return vanishes || (groups.sizes()[group] > 1 && threshold(group).isPresent());
    }

    /** Inner products of classifier rows w_k. */
    GroupGram classifierGram() {
        return GroupGram.of(
                groups, point.separation(), squareRootOfGram(true), Math.sqrt(problem.lambdaH() / problem.lambdaW()));
    }

    /** Inner products of the scaled class features √n_k h_k. */
    GroupGram featureGram() {
        return GroupGram.of(
                groups, point.separation(), squareRootOfGram(false), Math.sqrt(problem.lambdaW() / problem.lambdaH()));
    }

    private Matrix squareRootOfGram(boolean left) {
        Matrix basis = left ? core.u() : core.v();
        Matrix scaled = basis.copy();
        for (int j = 0; j < basis.columns(); j++) {
            for (int i = 0; i < basis.rows(); i++) {
                scaled.set(i, j, scaled.get(i, j) * core.values()[j]);
            }
        }
        return LinearAlgebra.multiply(scaled, Op.NONE, basis, Op.TRANSPOSE);
    }
}
