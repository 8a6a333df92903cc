package io.github.collapse4j.solve;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.DataTerm;

/**
 * Solves ∇g·1 = 0 for the free bias of cross-entropy at a fixed R̂, by Newton's method on the gradient alone, from a
 * point close to the solution. A bound multiplies any remainder by the largest bias that a minimum can have
 * (docs/theory.md §4), which is large for small μ, and a solver that compares values leaves a remainder of the order of
 * the square root of their round-off.
 */
final class FreeBias {
    private static final int MAX_STEPS = 20;
    /** Curvatures below this fraction of the largest belong to the common shift of all logits. */
    private static final double FLAT = 1e-14;

    private final TwinModel model;
    private final int n;
    private final Matrix logits;
    private final Matrix residual;
    private final TwinModel.Gradient gradient;

    private FreeBias(TwinModel model) {
        this.model = model;
        n = model.size();
        logits = model.newLogits();
        residual = model.newLogits();
        gradient = TwinModel.Gradient.zeros(n);
    }

    /** The point with the bias for which ∇g·1 vanishes, to rounding. */
    static TwinPoint solve(TwinModel model, TwinPoint point) {
        return new FreeBias(model).polish(point);
    }

    private TwinPoint polish(TwinPoint start) {
        TwinPoint best = start;
        double smallest = imbalance(best);
        for (int step = 0; step < MAX_STEPS && smallest > 0; step++) {
            TwinPoint next = new TwinPoint(best.separation(), best.core(), newton(best.bias()));
            double found = imbalance(next);
            if (!(found < smallest)) {
                break;
            }
            best = next;
            smallest = found;
        }
        return best;
    }

    /** ‖∇g·1‖₁; keeps the gradient and the residuals for the Newton step at the same point. */
    private double imbalance(TwinPoint point) {
        model.logits(point.separation(), point.core(), point.bias(), logits);
        model.data().evaluate(logits, residual);
        model.adjoint(residual, gradient);
        double sum = 0;
        for (double entry : gradient.bias()) {
            sum += Math.abs(entry);
        }
        return sum;
    }

    private double[] newton(double[] bias) {
        SymmetricEigen eigen = LinearAlgebra.symmetricEigen(laplacian());
        double[] next = bias.clone();
        for (int j = 0; j < n; j++) {
            if (eigen.values()[j] > FLAT * eigen.values()[n - 1]) {
                double[] vector = eigen.vectors().column(j);
                Vectors.add(-Vectors.dot(vector, gradient.bias()) / eigen.values()[j], vector, next);
            }
        }
        return next;
    }

    /**
     * The second derivative with respect to the groups' biases. Its rows sum to zero, so each diagonal entry is minus
     * the sum of the others.
     */
    private Matrix laplacian() {
        DataTerm data = model.data();
        Matrix mass = Matrix.zeros(n, n);
        for (int j = 0; j < n; j++) {
            double root = Math.sqrt(data.weight(j));
            for (int g = 0; g < n; g++) {
                double own = g == j ? 1 + residual.get(n, j) : 0;
                mass.set(g, j, root * (data.multiplicity(g, j) * residual.get(g, j) + own));
            }
        }
        Matrix laplacian = LinearAlgebra.gramOfRows(mass).scale(-1);
        for (int g = 0; g < n; g++) {
            double others = 0;
            for (int h = 0; h < n; h++) {
                others += h == g ? 0 : laplacian.get(h, g);
            }
            laplacian.set(g, g, -others);
        }
        return laplacian;
    }
}
