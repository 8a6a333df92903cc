package io.github.collapse4j.certificate;

import io.github.collapse4j.model.UfmPoint;

/** A direction of negative curvature, along which the objective falls on both sides to second order. */
public sealed interface Escape {
    /** Δ = (Δ_W, Δ_H, Δ_b), in the model that was asked about. */
    UfmPoint direction();

    /** ⟨Δ, ∇²f Δ⟩ at the point itself, from a Hessian-vector product. */
    double curvature();

    /** The least eigenvalue of the Hessian that is known. */
    double mostNegativeCurvature();

    /** What the Morse index is at least. */
    long indexLowerBound();

    /**
     * Δ of docs/theory.md §4 along a feature dimension that the point does not use.
     *
     * @param predicted −2(σ − μ), with σ the largest singular value of ∇g beside the active pairs
     * @param mostNegativeCurvature the least eigenvalue of the Hessian on the directions along null W
     * @param indexLowerBound (d − r)·#{σ_j &gt; μ}
     */
    record UnusedDimension(
            UfmPoint direction, double curvature, double predicted, double mostNegativeCurvature, long indexLowerBound)
            implements Escape {}

    /**
     * A unit eigenvector of the least eigenvalue of the reduced model's Hessian.
     *
     * @param curvature the eigenvalue
     * @param index the number of negative eigenvalues
     */
    record Eigenvector(UfmPoint direction, double curvature, int index) implements Escape {
        @Override
        public double mostNegativeCurvature() {
            return curvature;
        }

        @Override
        public long indexLowerBound() {
            return index;
        }
    }
}
