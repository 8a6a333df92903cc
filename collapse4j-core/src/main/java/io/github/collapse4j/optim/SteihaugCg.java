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
    private double predictedDecrease;
    private double length;
    private boolean atBoundary;
    private int products;

    SteihaugCg(int dimension) {
        step = new double[dimension];
        residual = new double[dimension];
        preconditioned = new double[dimension];
        direction = new double[dimension];
        image = new double[dimension];
    }

    /** The step of the last solve; overwritten by the next. */
    double[] step() {
        return step;
    }

    /** The decrease of the quadratic model by the last step. */
    double predictedDecrease() {
        return predictedDecrease;
    }

    /** The length of the last step in the preconditioner's norm. */
    double length() {
        return length;
    }

    /** Whether the last step ended at the boundary of the region. */
    boolean atBoundary() {
        return atBoundary;
    }

    /** The number of Hessian products of the last solve. */
    int products() {
        return products;
    }

    /** Finds the next step. */
    void solve(TrustRegionProblem problem, double[] gradient, double radius, int maxProducts) {
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
        // that, round-off along directions without curvature takes over.
        double goal = start * Math.max(1e-4, Math.min(0.1, start / largestStart));
        double decrease = 0;
        double stepStep = 0;
        double stepDirection = 0;
        double directionDirection = rz;
        int limit = Math.min(maxProducts, 2 * step.length + 10);
        for (int product = 1; ; product++) {
            problem.hessianVector(direction, image);
            double curvature = Vectors.dot(direction, image);
            double alpha = rz / curvature;
            double next = stepStep + 2 * alpha * stepDirection + alpha * alpha * directionDirection;
            if (!(curvature > 0) || next >= radius * radius) {
                double root = Math.sqrt(
                        stepDirection * stepDirection + directionDirection * Math.max(0, radius * radius - stepStep));
                double tau = (root - stepDirection) / directionDirection;
                Vectors.add(tau, direction, step);
                finish(decrease + tau * rz - tau * tau * curvature / 2, radius, true, product);
                return;
            }
            Vectors.add(alpha, direction, step);
            Vectors.add(alpha, image, residual);
            decrease += alpha * rz / 2;
            problem.precondition(residual, preconditioned);
            double rzNext = Vectors.dot(residual, preconditioned);
            if (Math.sqrt(Math.max(0, rzNext)) <= goal || product >= limit) {
                finish(decrease, Math.sqrt(next), false, product);
                return;
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

    private void finish(double decrease, double stepLength, boolean boundary, int productCount) {
        predictedDecrease = decrease;
        length = stepLength;
        atBoundary = boundary;
        products = productCount;
    }
}
