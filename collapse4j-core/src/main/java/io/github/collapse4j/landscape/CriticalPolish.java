package io.github.collapse4j.landscape;

import io.github.collapse4j.curvature.DenseHessian;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import java.util.Optional;

/**
 * Newton's method on ∇f = 0, which converges to saddles as well as to minima: the step is {@code −H⁺∇f} with the
 * pseudo-inverse of the dense Hessian (∇f is orthogonal to the symmetry orbit, so the step is transverse to it), damped
 * to {@code −H(H² + ν²)⁻¹∇f} while the gradient norm does not decrease.
 */
final class CriticalPolish {
    private static final double NEGLIGIBLE = 1e-10;
    private static final double FIRST_DAMPING = 1e-3;
    private static final double MAX_DAMPING = 1e2;
    private static final double FINISHED = 1e-15;
    /** Number of steps in which the gradient norm has to halve; otherwise it is near a nonzero local minimum. */
    private static final int PATIENCE = 8;

    private final double gradientTolerance;
    private final int maxIterations;

    CriticalPolish(double gradientTolerance, int maxIterations) {
        this.gradientTolerance = gradientTolerance;
        this.maxIterations = maxIterations;
    }

    /** The critical point that the iteration reaches, as exact as rounding allows; empty if it reaches none. */
    Optional<UfmPoint> polish(UfmModel model, UfmPoint start) {
        UfmObjective objective = model.objective();
        double[] x = objective.toVector(start);
        double[] gradient = new double[x.length];
        double[] trialGradient = new double[x.length];
        objective.linearize(x, gradient);
        double norm = Vectors.norm(gradient);
        double damping = 0;
        double milestone = norm;
        for (int iteration = 0; iteration < maxIterations && norm > FINISHED; iteration++) {
            if (iteration % PATIENCE == PATIENCE - 1) {
                if (norm > milestone / 2) {
                    break;
                }
                milestone = norm;
            }
            SymmetricEigen eigen = LinearAlgebra.symmetricEigen(DenseHessian.of(model, objective.toPoint(x)));
            double size = Math.max(Math.abs(eigen.values()[0]), Math.abs(eigen.values()[x.length - 1]));
            boolean stepped = false;
            while (!stepped && damping <= MAX_DAMPING) {
                double[] trial = trial(x, gradient, eigen, size, damping);
                objective.linearize(trial, trialGradient);
                double trialNorm = Vectors.norm(trialGradient);
                if (trialNorm < norm) {
                    x = trial;
                    System.arraycopy(trialGradient, 0, gradient, 0, gradient.length);
                    stepped = true;
                    damping = trialNorm < norm / 4 && damping < FIRST_DAMPING ? 0 : damping / 4;
                    norm = trialNorm;
                } else if (norm <= gradientTolerance) {
                    return Optional.of(objective.toPoint(x));
                } else {
                    damping = Math.max(4 * damping, FIRST_DAMPING);
                }
            }
            if (!stepped) {
                break;
            }
        }
        return norm <= gradientTolerance ? Optional.of(objective.toPoint(x)) : Optional.empty();
    }

    private static double[] trial(double[] x, double[] gradient, SymmetricEigen eigen, double size, double damping) {
        Matrix q = eigen.vectors();
        double[] trial = x.clone();
        double nu = damping * size;
        for (int j = 0; j < x.length; j++) {
            double value = eigen.values()[j];
            if (Math.abs(value) > NEGLIGIBLE * size) {
                double[] direction = q.column(j);
                double factor = value / (value * value + nu * nu);
                Vectors.add(-factor * Vectors.dot(direction, gradient), direction, trial);
            }
        }
        return trial;
    }
}
