package io.github.collapse4j.cosine;

import io.github.collapse4j.certificate.LowerBound;

/**
 * The lowest point found of a cosine head and the certified bound.
 *
 * @param point the point, in the dimension of the problem
 * @param objective F there
 * @param lowerBound no point of any dimension is lower
 * @param starts the number of descents that it took
 */
public record CosineSolution(
        CosineProblem problem, CosinePoint point, double objective, LowerBound lowerBound, int starts) {
    /** Singular values below this share of the largest do not count for the rank. */
    private static final double RANK_TOLERANCE = 1e-6;

    /** (F − bound)/F, rounded up. */
    public double relativeGap() {
        return lowerBound.relativeGap(objective);
    }

    /** The derivatives at the point. */
    public CosineDerivatives derivatives() {
        return new CosineDerivatives(problem, point);
    }

    /** The smallest feature dimension that holds this point. */
    public int rank() {
        return derivatives().rank(RANK_TOLERANCE);
    }
}
