package io.github.collapse4j.cosine;

import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.optim.TrustRegionProblem;

/**
 * The product of spheres for {@code TrustRegionNewton}: steps are tangent vectors in ambient coordinates, and normalising
 * {@code u + ξ} leads back to the spheres (a second-order retraction). The preconditioner weighs each vector by the size of
 * its terms, so that rare classes converge like frequent ones.
 */
final class CosineDescent implements TrustRegionProblem {
    /** The smallest weight of a vector, relative to the largest. */
    private static final double MIN_WEIGHT = 1e-12;

    private final CosineProblem problem;
    private CosineDerivatives current;
    private double[] weights;
    private CosinePoint trial;

    CosineDescent(CosineProblem problem, CosinePoint start) {
        this.problem = problem;
        this.trial = start;
        this.current = new CosineDerivatives(problem, start);
        this.weights = weights();
    }

    CosineDerivatives current() {
        return current;
    }

    @Override
    public int dimension() {
        return problem.featureDimension() * (problem.classes() + problem.groups());
    }

    @Override
    public double value() {
        return current.value();
    }

    @Override
    public void gradient(double[] gradient) {
        System.arraycopy(current.riemannian(), 0, gradient, 0, gradient.length);
    }

    @Override
    public void hessianVector(double[] direction, double[] image) {
        current.hessianVector(direction, image);
    }

    @Override
    public void precondition(double[] residual, double[] image) {
        int d = problem.featureDimension();
        for (int i = 0; i < image.length; i++) {
            image[i] = residual[i] / weights[i / d];
        }
    }

    @Override
    public double trial(double[] step) {
        trial = moved(current, step);
        return CosineDerivatives.value(problem, trial);
    }

    @Override
    public void accept() {
        current = new CosineDerivatives(problem, trial);
        weights = weights();
    }

    /** The point that a tangent step leads to. */
    static CosinePoint moved(CosineDerivatives from, double[] step) {
        int d = from.problem().featureDimension();
        double[] units = from.point().units().data();
        for (int start = 0; start < units.length; start += d) {
            double squares = 0;
            for (int i = start; i < start + d; i++) {
                units[i] += step[i];
                squares += units[i] * units[i];
            }
            double norm = Math.sqrt(squares);
            for (int i = start; i < start + d; i++) {
                units[i] /= norm;
            }
        }
        return CosinePoint.ofUnits(units, d, from.problem().classes());
    }

    private double[] weights() {
        double[] masses = current.masses();
        double largest = Vectors.maxAbs(masses);
        double[] result = new double[masses.length];
        for (int j = 0; j < result.length; j++) {
            result[j] = largest == 0 ? 1 : Math.max(masses[j] / largest, MIN_WEIGHT);
        }
        return result;
    }
}
