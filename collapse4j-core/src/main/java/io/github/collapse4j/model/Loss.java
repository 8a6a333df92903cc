package io.github.collapse4j.model;

import java.io.Serializable;

/**
 * The loss of one sample as a function of its logits (docs/theory.md §1), which are a {@link Column} of an array.
 *
 * <p>The <em>residual</em> of a column is the derivative of the loss with respect to each single logit: softmax minus
 * one-hot for cross-entropy, logit minus one-hot for squared error. Finite logits give finite results. Arrays of
 * residuals, directions and images have the layout of the logits; nothing outside the column is written.
 */
public sealed interface Loss extends Serializable permits CrossEntropy, SquaredError {
    /** The name, also used in stored files: it must not change when the class is renamed. */
    String name();

    /** The loss of a column. */
    double value(Column column, double[] logits);

    /** The loss of a column; writes its residual. */
    double evaluate(Column column, double[] logits, double[] residual);

    /**
     * The derivative of the residual along {@code direction}, written to {@code image}: the second derivative of the
     * loss.
     */
    void curvature(Column column, double[] residual, double[] direction, double[] image);

    /**
     * The convex conjugate of the loss at {@code scale} times a residual, for {@code 0 ≤ scale ≤ 1}: the loss is at
     * least {@code ⟨g, z⟩ − conjugate(g)} for every z (docs/theory.md §4).
     */
    double conjugate(Column column, double[] residual, double scale);

    /**
     * The factor {@code rankOne} in the second derivative of a column, {@code diag(mass) − rankOne·mass·massᵀ} with a
     * mass per single logit: 1 for cross-entropy, 0 for squared error.
     */
    double rankOneCurvature();

    /** The mass of a single logit in {@link #rankOneCurvature()}, computed from its residual. */
    double curvatureMass(double residual, boolean own);

    /** Whether the residuals of every column sum to zero, which makes the classifier's rows sum to zero (§3). */
    boolean isShiftInvariant();
}
