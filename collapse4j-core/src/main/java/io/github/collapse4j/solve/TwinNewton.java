package io.github.collapse4j.solve;

import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.optim.TrustRegionProblem;
import org.jspecify.annotations.Nullable;

/**
 * The convex twin as a smooth problem in balanced factors (docs/theory.md §6): {@code C = WH} with {@code W = U√ΣUᵀ}
 * and {@code H = U√ΣVᵀ}, and {@code a_g = r_g²}. A step (X, Y, δr, δb) leads to {@code (W + X)(H + Y)}; after each
 * accepted step the factors are rebalanced by a singular value decomposition, which never raises the objective. Among
 * all rotations of the factors, this one keeps them close to diagonal, where {@link TwinPreconditioner}'s blocks are
 * close to the Hessian: about a hundred Hessian products give a gap of 1e-9 at K = 1000, several times fewer than with
 * other rotations.
 */
final class TwinNewton implements TrustRegionProblem {
    private final TwinModel model;
    private final double mu;
    private final int n;
    private final boolean hasBias;

    private final Matrix w;
    private final Matrix h;
    private final double[] separationRoot;
    private final double[] bias;
    private double value;

    /** That of the current point, once asked for. */
    private @Nullable LowerBound lowerBound;

    private final Matrix logits;
    private final Matrix residual;
    private final Matrix curvature;
    private final TwinModel.Gradient gradient;
    private final TwinModel.Gradient imageGradient;
    private final TwinPreconditioner preconditioner;

    /** Step or trial factors, their product and the corresponding outer variables. */
    private final Matrix x;

    private final Matrix y;
    private final Matrix core;
    private final Matrix work;
    private final double[] separation;
    private final double[] trialSeparationRoot;
    private final double[] trialBias;

    TwinNewton(TwinModel model, TwinPoint start) {
        this.model = model;
        this.mu = model.problem().mu();
        this.n = model.size();
        this.hasBias = model.problem().bias().isPresent();
        w = Matrix.zeros(n, n);
        h = Matrix.zeros(n, n);
        separationRoot = new double[n];
        bias = start.bias().clone();
        logits = model.newLogits();
        residual = model.newLogits();
        curvature = model.newLogits();
        gradient = TwinModel.Gradient.zeros(n);
        imageGradient = TwinModel.Gradient.zeros(n);
        preconditioner = new TwinPreconditioner(model);
        x = Matrix.zeros(n, n);
        y = Matrix.zeros(n, n);
        core = start.core().copy();
        work = Matrix.zeros(n, n);
        separation = new double[n];
        trialSeparationRoot = new double[n];
        trialBias = new double[n];
        for (int g = 0; g < n; g++) {
            separationRoot[g] =
                    model.groups().sizes()[g] > 1 ? Math.sqrt(Math.max(start.separation()[g], leastSeparation(g))) : 0;
        }
        linearize();
    }

    /**
     * A separation of zero would stay zero, so groups whose classes do separate at the minimum start with this one.
     */
    private double leastSeparation(int group) {
        double root = Math.sqrt(model.groups().counts()[group]);
        double threshold = model.collapseThreshold(group).orElse(Double.POSITIVE_INFINITY);
        double reach = root * Math.min(1, threshold) - mu * model.groups().samples();
        return threshold == Double.POSITIVE_INFINITY ? 1e-3 * root : Math.max(0, 1e-3 * reach);
    }

    /** Balances the factors of {@code core} and computes everything that depends on the current point. */
    private void linearize() {
        Svd svd = LinearAlgebra.svd(core);
        Matrix scaled = svd.u().copy();
        for (int j = 0; j < n; j++) {
            double root = Math.sqrt(svd.values()[j]);
            for (int i = 0; i < n; i++) {
                scaled.data()[j * n + i] *= root;
            }
        }
        LinearAlgebra.multiply(1, scaled, Op.NONE, svd.u(), Op.TRANSPOSE, 0, w);
        LinearAlgebra.multiply(1, scaled, Op.NONE, svd.v(), Op.TRANSPOSE, 0, h);
        setSeparation(separationRoot);
        model.logits(separation, core, bias, logits);
        lowerBound = null;
        value = model.data().evaluate(logits, residual)
                + model.outerPenalty(separation, bias)
                + mu * Vectors.sum(svd.values());
        model.adjoint(residual, gradient);
        preconditioner.update(residual, w, h, separationRoot, gradient);
    }

    private void setSeparation(double[] roots) {
        for (int g = 0; g < n; g++) {
            separation[g] = roots[g] * roots[g];
        }
    }

    /** A copy of the current point of the twin. */
    TwinPoint point() {
        setSeparation(separationRoot);
        return new TwinPoint(separation.clone(), LinearAlgebra.multiply(w, h), bias.clone());
    }

    /** The derivative of the data term with respect to the core at the current point; overwritten by the next step. */
    Matrix lossGradient() {
        return gradient.core();
    }

    /** The residuals at the current point, {@code (G+1)×G}; overwritten by the next step. */
    Matrix residual() {
        return residual;
    }

    /** The certified lower bound from the current residuals. */
    LowerBound lowerBound() {
        LowerBound known = lowerBound;
        if (known == null) {
            known = model.lowerBound(residual, gradient, value);
            lowerBound = known;
        }
        return known;
    }

    @Override
    public int dimension() {
        return Math.addExact(Math.multiplyExact(2 * n, n), hasBias ? 2 * n : n);
    }

    @Override
    public double value() {
        return value;
    }

    @Override
    public void gradient(double[] into) {
        LinearAlgebra.multiply(1, gradient.core(), Op.NONE, h, Op.TRANSPOSE, 0, x);
        LinearAlgebra.multiply(1, w, Op.TRANSPOSE, gradient.core(), Op.NONE, 0, y);
        x.add(mu, w);
        y.add(mu, h);
        int square = n * n;
        System.arraycopy(x.data(), 0, into, 0, square);
        System.arraycopy(y.data(), 0, into, square, square);
        for (int g = 0; g < n; g++) {
            double size = model.groups().sizes()[g];
            into[2 * square + g] = 2 * separationRoot[g] * (gradient.separation()[g] + mu * (size - 1));
            if (hasBias) {
                into[2 * square + n + g] =
                        gradient.bias()[g] + model.problem().bias().lambda() * size * bias[g];
            }
        }
    }

    @Override
    public void hessianVector(double[] direction, double[] image) {
        int square = n * n;
        System.arraycopy(direction, 0, x.data(), 0, square);
        System.arraycopy(direction, square, y.data(), 0, square);
        LinearAlgebra.multiply(1, x, Op.NONE, h, Op.NONE, 0, core);
        LinearAlgebra.multiply(1, w, Op.NONE, y, Op.NONE, 1, core);
        for (int g = 0; g < n; g++) {
            separation[g] = 2 * separationRoot[g] * direction[2 * square + g];
            trialBias[g] = hasBias ? direction[2 * square + n + g] : 0;
        }
        model.logits(separation, core, trialBias, logits);
        model.data().curvature(residual, logits, curvature);
        model.adjoint(curvature, imageGradient);
        work.assign(x);
        LinearAlgebra.multiply(1, imageGradient.core(), Op.NONE, h, Op.TRANSPOSE, mu, work);
        LinearAlgebra.multiply(1, gradient.core(), Op.NONE, y, Op.TRANSPOSE, 1, work);
        System.arraycopy(work.data(), 0, image, 0, square);
        work.assign(y);
        LinearAlgebra.multiply(1, w, Op.TRANSPOSE, imageGradient.core(), Op.NONE, mu, work);
        LinearAlgebra.multiply(1, x, Op.TRANSPOSE, gradient.core(), Op.NONE, 1, work);
        System.arraycopy(work.data(), 0, image, square, square);
        for (int g = 0; g < n; g++) {
            double size = model.groups().sizes()[g];
            image[2 * square + g] = 2 * separationRoot[g] * imageGradient.separation()[g]
                    + 2 * (gradient.separation()[g] + mu * (size - 1)) * direction[2 * square + g];
            if (hasBias) {
                image[2 * square + n + g] = imageGradient.bias()[g]
                        + model.problem().bias().lambda() * size * direction[2 * square + n + g];
            }
        }
    }

    @Override
    public void precondition(double[] from, double[] into) {
        preconditioner.apply(from, into);
    }

    @Override
    public double trial(double[] step) {
        int square = n * n;
        System.arraycopy(step, 0, x.data(), 0, square);
        System.arraycopy(step, square, y.data(), 0, square);
        x.add(1, w);
        y.add(1, h);
        for (int g = 0; g < n; g++) {
            trialSeparationRoot[g] = separationRoot[g] + step[2 * square + g];
            trialBias[g] = bias[g] + (hasBias ? step[2 * square + n + g] : 0);
        }
        setSeparation(trialSeparationRoot);
        LinearAlgebra.multiply(1, x, Op.NONE, y, Op.NONE, 0, core);
        model.logits(separation, core, trialBias, logits);
        return model.data().value(logits) + model.outerPenalty(separation, trialBias) + mu / 2 * (x.dot(x) + y.dot(y));
    }

    @Override
    public void accept() {
        System.arraycopy(trialSeparationRoot, 0, separationRoot, 0, n);
        System.arraycopy(trialBias, 0, bias, 0, n);
        linearize();
    }
}
