package io.github.collapse4j.optim;

/**
 * What a trust-region method needs of a problem: a current point, the second-order model in a tangent space there, and
 * the way back from a tangent step to a point. Vectors are tangent coordinates at the current point.
 */
public interface TrustRegionProblem {
    int dimension();

    /** The value at the current point. */
    double value();

    /** Writes the gradient at the current point. */
    void gradient(double[] gradient);

    /** Writes the Hessian at the current point times {@code direction}. */
    void hessianVector(double[] direction, double[] image);

    /** Writes {@code M⁻¹·residual} for a symmetric positive definite M that approximates the Hessian. */
    void precondition(double[] residual, double[] image);

    /** The value at the point that {@code step} leads to; the current point stays. */
    double trial(double[] step);

    /** Makes the last trial point the current one. */
    void accept();
}
