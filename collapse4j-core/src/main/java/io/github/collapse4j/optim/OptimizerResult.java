package io.github.collapse4j.optim;

/**
 * The end point of a minimisation and its cost. Value and gradient norm are those of the point, as returned by
 * {@link SmoothFunction#linearize}; they are finite unless the start itself is outside the function's range (then the
 * termination is {@link Termination#DIVERGED} and the point is the start).
 *
 * @param point the last iterate; copied on the way in and out
 * @param value value at the point
 * @param gradientNorm Euclidean gradient norm at the point
 * @param iterations completed iterations; the listener has seen one more iterate, the start
 * @param valueEvaluations calls of {@link SmoothFunction#value}
 * @param gradientEvaluations calls of {@link SmoothFunction#linearize}, which gives value and gradient
 * @param hessianProducts calls of {@link SmoothFunction#hessianVector}
 */
public record OptimizerResult(
        double[] point,
        double value,
        double gradientNorm,
        int iterations,
        long valueEvaluations,
        long gradientEvaluations,
        long hessianProducts,
        Termination termination) {
    public OptimizerResult {
        point = point.clone();
        boolean finite = Double.isFinite(value) && Double.isFinite(gradientNorm);
        if (!finite && termination != Termination.DIVERGED) {
            throw new IllegalArgumentException(
                    "value " + value + " and gradient norm " + gradientNorm + " of a run that ended " + termination);
        }
    }

    @Override
    public double[] point() {
        return point.clone();
    }

    /** The total of values, gradients and Hessian products. */
    public long evaluations() {
        return valueEvaluations + gradientEvaluations + hessianProducts;
    }

    /** All components except the point. */
    @Override
    public String toString() {
        return termination + " after " + iterations + " iterations: value " + value + ", gradient norm " + gradientNorm
                + "; " + valueEvaluations + " values, " + gradientEvaluations + " gradients, " + hessianProducts
                + " Hessian products";
    }
}
