package io.github.collapse4j.certificate;

import io.github.collapse4j.model.UfmPoint;

/** A direction of negative curvature, along which the objective falls to second order on both sides. */
public sealed interface Escape {
    /** Δ = (Δ_W, Δ_H, Δ_b), in the model of the assessed point. */
    UfmPoint direction();

    /** ⟨Δ, ∇²f Δ⟩ at the point itself, from a Hessian-vector product. */
    double curvature();

    /** The smallest known eigenvalue of the Hessian. */
    double mostNegativeCurvature();

    /** A lower bound on the Morse index. */
    long indexLowerBound();

    /**
     * Δ of docs/theory.md §4, along a feature dimension that the point does not use.
     *
     * @param predicted −2(σ − μ), with σ the largest singular value of ∇g outside the active pairs
     * @param mostNegativeCurvature the smallest eigenvalue of the Hessian on the directions along the null space of W
     * @param indexLowerBound (d − r)·#{σ_j &gt; μ}
     */
    record UnusedDimension(
            UfmPoint direction, double curvature, double predicted, double mostNegativeCurvature, long indexLowerBound)
            implements Escape {}

    /**
     * A unit eigenvector of the smallest eigenvalue of the reduced model's Hessian.
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
