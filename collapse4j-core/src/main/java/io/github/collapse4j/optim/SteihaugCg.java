package io.github.collapse4j.optim;

import io.github.collapse4j.linalg.Vectors;
import java.util.Arrays;

/** Preconditioned conjugate gradients for the trust-region subproblem, truncated at the boundary of the region. */
final class SteihaugCg {
    private final double[] step;
    private final double[] residual;
    private final double[] preconditioned;
    private final double[] direction;
    private final double[] image;
    private double largestStart;

    SteihaugCg(int dimension) {
        step = new double[dimension];
        residual = new double[dimension];
        preconditioned = new double[dimension];
        direction = new double[dimension];
        image = new double[dimension];
    }

    /**
     * What a solve did.
     *
     * @param predictedDecrease of the quadratic model
     * @param length of the step in the preconditioner's norm
     */
    record Step(double predictedDecrease, double length, boolean atBoundary, int products) {}

    /** The step of the last solve; overwritten by the next. */
    double[] step() {
        return step;
    }

    Step solve(TrustRegionProblem problem, double[] gradient, double radius, int maxProducts) {
        Arrays.fill(step, 0);
        System.arraycopy(gradient, 0, residual, 0, gradient.length);
        problem.precondition(residual, preconditioned);
        for (int i = 0; i < direction.length; i++) {
            direction[i] = -preconditioned[i];
        }
        double rz = Vectors.dot(residual, preconditioned);
        double start = Math.sqrt(rz);
        largestStart = Math.max(largestStart, start);
        // Rough far out, quadratic near the solution, but no closer than a few outer steps can make up for: beyond
        // that,
        // round-off along directions without curvature takes over.
        double goal = start * Math.max(1e-4, Math.min(0.1, start / largestStart));
        double decrease = 0;
        double stepStep = 0;
        double stepDirection = 0;
        double directionDirection = rz;
        int limit = Math.min(maxProducts, 2 * step.length + 10);
        for (int products = 1; ; products++) {
            problem.hessianVector(direction, image);
            double curvature = Vectors.dot(direction, image);
            double alpha = rz / curvature;
            double next = stepStep + 2 * alpha * stepDirection + alpha * alpha * directionDirection;
            if (!(curvature > 0) || next >= radius * radius) {
                double root = Math.sqrt(
                        stepDirection * stepDirection + directionDirection * Math.max(0, radius * radius - stepStep));
                double tau = (root - stepDirection) / directionDirection;
                Vectors.add(tau, direction, step);
                return new Step(decrease + tau * rz - tau * tau * curvature / 2, radius, true, products);
            }
            Vectors.add(alpha, direction, step);
            Vectors.add(alpha, image, residual);
            decrease += alpha * rz / 2;
            problem.precondition(residual, preconditioned);
            double rzNext = Vectors.dot(residual, preconditioned);
            if (Math.sqrt(Math.max(0, rzNext)) <= goal || products >= limit) {
                return new Step(decrease, Math.sqrt(next), false, products);
            }
            double beta = rzNext / rz;
            for (int i = 0; i < direction.length; i++) {
                direction[i] = beta * direction[i] - preconditioned[i];
            }
            stepDirection = beta * (stepDirection + alpha * directionDirection);
            directionDirection = rzNext + beta * beta * directionDirection;
            stepStep = next;
            rz = rzNext;
        }
    }
}
