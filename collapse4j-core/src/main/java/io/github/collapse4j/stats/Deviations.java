package io.github.collapse4j.stats;

/** Deviations from the class means, the result of a second pass. */
public sealed interface Deviations {
    /** Σ w ‖h − μ_k‖² over the samples of each class. */
    double[] squares();

    /**
     * Deviations along directions u_i only.
     *
     * @param squares as {@link #squares()}
     * @param alongSquares Σ w (u_iᵀ(h − μ_y))² over all samples, for each direction
     */
    record Along(double[] squares, double[] alongSquares) implements Deviations {}

    /**
     * Deviations in all dimensions.
     *
     * @param scatter pooled scatter and squares per class
     */
    record Whole(WithinScatter scatter) implements Deviations {
        @Override
        public double[] squares() {
            return scatter.squares();
        }
    }
}
