package io.github.collapse4j.optim;

/**
 * A problem for a trust-region method: a current point, the second-order model in its tangent space, and the map from a
 * tangent step to a new point. Vectors are tangent coordinates at the current point.
 */
public interface TrustRegionProblem {
    int dimension();

    /** The value at the current point. */
    double value();

    /** Writes the gradient at the current point. */
    void gradient(double[] gradient);

    /** Writes the Hessian at the current point times {@code direction} to {@code image}. */
    void hessianVector(double[] direction, double[] image);

    /**
     * Writes {@code M⁻¹·residual} to {@code image}, for a symmetric positive definite M that approximates the Hessian.
     */
    void precondition(double[] residual, double[] image);

    /** The value at the point that {@code step} leads to; the current point does not change. */
    double trial(double[] step);

    /** Makes the last trial point the current point. */
    void accept();
}
