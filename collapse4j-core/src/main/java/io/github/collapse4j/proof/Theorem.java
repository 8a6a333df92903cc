package io.github.collapse4j.proof;

/** A theorem with its proved numbers. */
public sealed interface Theorem {
    /**
     * A strict local minimum up to symmetry that is not global.
     *
     * @param model the model
     * @param d its feature dimension
     * @param gradientNorm at most, at the point of the proof
     * @param distance of the minimum from the point of the proof, at most
     * @param eigenvalue every eigenvalue of the reduced Hessian other than those of the orbit is at least this
     * @param nullity dimension of the kernel, which is the orbit's tangent space
     * @param value encloses the value at the minimum
     * @param lowerValue the value at the lower point, at most
     * @param margin value less lowerValue, at least
     * @param radius in which there is no other critical point on the slice
     */
    record SpuriousLocalMinimum(
            ExactModel model,
            int d,
            Interval gradientNorm,
            Interval distance,
            Interval eigenvalue,
            int nullity,
            Interval value,
            Interval lowerValue,
            Interval margin,
            double radius)
            implements Theorem {}

    /**
     * A critical point with a direction of negative curvature.
     *
     * @param model the model
     * @param d its feature dimension
     * @param rank the number of columns of W that are not zero
     * @param distance of the critical point from the point of the proof, at most
     * @param curvature of the direction at the critical point, per squared length, at most; below 0
     * @param value encloses the value at the critical point
     * @param radius in which there is no other critical point on the slice, in dimension {@code rank}
     */
    record StrictSaddle(
            ExactModel model, int d, int rank, Interval distance, Interval curvature, Interval value, double radius)
            implements Theorem {}

    /**
     * No point of any feature dimension has a lower value.
     *
     * @param model the model
     * @param bound the value, one number
     */
    record GlobalLowerBound(ExactModel model, Interval bound) implements Theorem {}

    /**
     * The minimum lies between a bound and the value of a point.
     *
     * @param model the model
     * @param d its feature dimension
     * @param minimum from the bound to the value
     * @param width stated in the proof; the interval is not wider
     */
    record GlobalMinimum(ExactModel model, int d, Interval minimum, double width) implements Theorem {}

    /**
     * Of two simplices of ⌊K/2⌋ and ⌈K/2⌉ classes, at feature dimension K − 2 and μ = κ/(K√n), each is a spurious local minimum of balanced
     * cross-entropy without bias, and for even K with any bias (docs/theory.md §11, Theorem 2).
     *
     * @param from the smallest number of classes K
     * @param to the largest
     * @param kappa κ
     * @param margin the smallest difference between the value and that of the simplices of 2 and K − 2 classes, at least
     */
    record TwoSimplices(int from, int to, Rational kappa, Interval margin) implements Theorem {}
}
