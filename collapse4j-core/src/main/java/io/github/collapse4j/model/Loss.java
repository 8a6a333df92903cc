package io.github.collapse4j.model;

import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * The loss of one sample as a function of its logits (docs/theory.md §1), which are a {@link Column} of an array. A sample
 * belongs to a group of samples with the same target, weight and offset, as a rule a class. Weights are relative, about 1 on
 * average, and part of the loss: the model is the mean over the samples.
 *
 * <p>The <em>residual</em> of a column is the derivative of the loss with respect to each single logit: softmax minus
 * one-hot for cross-entropy, logit minus one-hot for squared error. Finite logits give finite results. Arrays of
 * residuals, directions and images have the layout of the logits; nothing outside the column is written.
 */
public sealed interface Loss extends Serializable
        permits CrossEntropy, SquaredError, SoftmaxLoss, SigmoidLoss, SquaredLoss {
    /** What it is called, also in stored files: it stays when the class is renamed. */
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
     * By how much the conjugate moves at most, to first order, for each unit of relative error of what it is computed from:
     * the sizes of terms that {@link #conjugate} itself does not show (docs/theory.md §4, "The bound in floating point").
     */
    double sensitivity(Column column, double[] residual, double scale);

    /**
     * The second derivative of a column is {@code diag(mass) − rankOne·mass·massᵀ}, with a mass per single logit; this
     * is the factor {@code rankOne}, 0 where outputs do not compete.
     */
    double rankOneCurvature(int group);

    /** The mass of one entry in {@link #rankOneCurvature}, from the residual. */
    double curvatureMass(Column column, double[] residual, int entry);

    /** The largest second derivative of any sample's loss along a unit direction. */
    double largestCurvature();

    /** Whether the residuals of every column sum to zero, which makes the classifier's rows sum to zero (§3). */
    boolean isShiftInvariant();

    /** Whether the second derivative is a multiple of the identity that depends on the sample's group alone. */
    default boolean isQuadratic() {
        return false;
    }

    /** Whether the second derivative is the identity for every sample, which gives squared error its closed forms. */
    default boolean isIsotropic() {
        return false;
    }

    /** Whether targets are one-hot, all samples count alike and logits are not shifted. */
    default boolean isPlain() {
        return false;
    }

    /** Whether groups are classes: each has one output of its own, and all other outputs see it alike. */
    boolean isOfClasses();

    /** The number of outputs K for a number of groups. */
    default int outputs(int groups) {
        return groups;
    }

    /** The output that a group wants most: its own class. */
    default int own(int group) {
        return group;
    }

    /**
     * The target of a group by output: a distribution, probabilities, or what squared error is measured from. A group's weight
     * is no part of it.
     */
    double target(int output, int group);

    /** The relative weight of a group's samples; 1 in a plain loss. */
    default double weight(int group) {
        return 1;
    }

    /** All that the loss of a group depends on. */
    default double[] parameters(int group) {
        return traits(group);
    }

    /** Everything that tells a class from others of the same count: classes for which it agrees are exchangeable. */
    default double[] traits(int label) {
        return new double[0];
    }

    /**
     * The loss of groups of classes, each with the mean parameters of its members, for columns as of
     * {@link DataTerm#ofGroups}.
     */
    default Loss merged(int[][] members) {
        return this;
    }

    /**
     * The scale s of the optimal logits {@code s(e_k − 1/K)} of exchangeable classes (§5), from {@code reach = μ√n}; empty if
     * there is no formula.
     */
    OptionalDouble balancedScale(int classes, double reach);

    /**
     * At which {@code μN/√n} a class and another of its kind cannot be told apart any more (§6); empty where that depends on
     * the rest of the problem.
     */
    default OptionalDouble collapseThreshold(int label) {
        return OptionalDouble.of(1);
    }

    /**
     * How large |b_k| can be at a global minimum with a free bias, up to a common shift where that changes nothing
     * (docs/theory.md §4).
     *
     * @param counts samples of each group
     * @param nuclear an upper bound of ‖R̂‖_*
     * @param smallestCount samples of the smallest group
     */
    double largestFreeBias(ClassCounts counts, double nuclear, double smallestCount);

    /**
     * Refuses what has no minimum.
     *
     * @param counts samples of each group
     * @param free whether the bias is free
     * @throws IllegalArgumentException if the loss is for another number of groups, or a free bias would run away
     */
    default void check(ClassCounts counts, boolean free) {
        if (counts.classes() < 2) {
            throw new IllegalArgumentException("counts: expected at least 2 classes, found " + counts.classes());
        }
    }
}
