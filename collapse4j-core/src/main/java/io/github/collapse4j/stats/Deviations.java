package io.github.collapse4j.stats;

/** Deviations from the class means, as a second pass leaves them. */
public sealed interface Deviations {
    /** Σ w ‖h − μ_k‖² over the samples of each class. */
    double[] squares();

    /**
     * Along some directions u_i only.
     *
     * @param squares by class
     * @param alongSquares Σ w (u_iᵀ(h − μ_y))² over all samples, for each direction
     */
    record Along(double[] squares, double[] alongSquares) implements Deviations {}

    /**
     * In all dimensions.
     *
     * @param scatter pooled scatter and squares by class
     */
    record Whole(WithinScatter scatter) implements Deviations {
        @Override
        public double[] squares() {
            return scatter.squares();
        }
    }
}
