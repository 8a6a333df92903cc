package io.github.collapse4j.proof;

/** A theorem with its proved numbers. */
public sealed interface Theorem {
    /**
     * A strict local minimum up to symmetry that is not global.
     *
     * @param model the model
     * @param d its feature dimension
     * @param gradientNorm upper bound of the gradient's norm at the point of the proof
     * @param distance upper bound of the distance of the minimum from the point of the proof
     * @param eigenvalue lower bound of the eigenvalues of the reduced Hessian other than those of the orbit
     * @param nullity dimension of the kernel, which is the orbit's tangent space
     * @param value encloses the value at the minimum
     * @param lowerValue upper bound of the value at the lower point
     * @param margin lower bound of value minus lowerValue
     * @param radius the slice has no other critical point within this radius
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
     * @param rank the number of nonzero columns of W
     * @param distance upper bound of the distance of the critical point from the point of the proof
     * @param curvature upper bound of the curvature along the unit direction at the critical point; below 0
     * @param value encloses the value at the critical point
     * @param radius the slice in dimension {@code rank} has no other critical point within this radius
     */
    record StrictSaddle(
            ExactModel model, int d, int rank, Interval distance, Interval curvature, Interval value, double radius)
            implements Theorem {}

    /**
     * No point of any feature dimension has a lower value.
     *
     * @param model the model
     * @param bound the lower bound, a point interval
     */
    record GlobalLowerBound(ExactModel model, Interval bound) implements Theorem {}

    /**
     * The minimum lies between a bound and the value of a point.
     *
     * @param model the model
     * @param d its feature dimension
     * @param minimum from the bound to the value
     * @param width the width stated in the proof; the interval is not wider
     */
    record GlobalMinimum(ExactModel model, int d, Interval minimum, double width) implements Theorem {
        /** How far the point is above the bound. */
        public Interval gap() {
            return Interval.ofScaled(minimum.high().subtract(minimum.low()));
        }

        /** Compares the value of a point with the bound of a dual point. */
        static GlobalMinimum of(ExactModel model, int d, Interval value, DualPoint dual, double width)
                throws NotProvedException {
            Interval bound = DualBoundProof.bound(model, dual);
            Interval gap = value.upper().minus(bound);
            NotProvedException.require(
                    gap.isAtMost(Interval.of(width)),
                    "value − bound ≤ width: found " + gap.upperText(6) + ", width " + width);
            return new GlobalMinimum(model, d, Interval.ofScaled(bound.low(), value.high()), width);
        }
    }

    /**
     * For every K in a range, the point of two simplices of ⌊K/2⌋ and ⌈K/2⌉ classes, at feature dimension K − 2 and μ =
     * κ/(K√n), is a spurious local minimum of balanced cross-entropy without bias, and for even K with any bias
     * (docs/theory.md §11, Theorem 2).
     *
     * @param from the smallest number of classes K
     * @param to the largest number of classes
     * @param kappa κ
     * @param margin lower bound, over all K, of the value minus that of the simplices of 2 and K − 2 classes
     */
    record TwoSimplices(int from, int to, Rational kappa, Interval margin) implements Theorem {}
}
