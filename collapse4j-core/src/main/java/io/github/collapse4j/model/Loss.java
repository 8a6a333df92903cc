package io.github.collapse4j.model;

import java.io.Serializable;
import java.util.OptionalDouble;

/**
 * The loss of one sample as a function of its logits (docs/theory.md §1), which are a {@link Column} of an array. A
 * sample belongs to a group of samples with the same target, weight and offset, usually a class. Weights are relative,
 * about 1 on average, and part of the loss: the model averages it over the samples.
 *
 * <p>The <em>residual</em> of a column is the derivative of the loss with respect to each single logit: softmax minus
 * one-hot for cross-entropy, logit minus one-hot for squared error. Finite logits give finite results. Arrays of
 * residuals, directions and images have the layout of the logits; nothing outside the column is written.
 */
public sealed interface Loss extends Serializable
        permits CrossEntropy, SquaredError, SoftmaxLoss, SigmoidLoss, SquaredLoss {
    /** The name, also used in stored files; must not change when the class is renamed. */
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
     * The maximum first-order change of the conjugate per unit of relative error in its inputs: the magnitudes of terms
     * that do not show in {@link #conjugate} itself (docs/theory.md §4, "The bound in floating point").
     */
    double sensitivity(Column column, double[] residual, double scale);

    /**
     * The factor {@code rankOne} in the second derivative of a column, {@code diag(mass) − rankOne·mass·massᵀ}, with
     * one mass per logit; 0 if outputs do not compete.
     */
    double rankOneCurvature(int group);

    /** The mass of one entry as defined in {@link #rankOneCurvature}, from the residual. */
    double curvatureMass(Column column, double[] residual, int entry);

    /** The largest second derivative of any sample's loss along a unit direction. */
    double largestCurvature();

    /** Whether the residuals of every column sum to zero, which makes the classifier's rows sum to zero (§3). */
    boolean isShiftInvariant();

    /** Whether the second derivative is a multiple of the identity that depends only on the sample's group. */
    default boolean isQuadratic() {
        return false;
    }

    /** Whether the second derivative is the identity for every sample, which gives squared error its closed forms. */
    default boolean isIsotropic() {
        return false;
    }

    /** Whether targets are one-hot, all samples have equal weight, and logits have no offsets. */
    default boolean isPlain() {
        return false;
    }

    /** Whether groups are classes: each has one output of its own, and is the same to all other outputs. */
    default boolean isOfClasses() {
        return true;
    }

    /** The number of outputs K for a number of groups. */
    default int outputs(int groups) {
        return groups;
    }

    /** The output with the largest target of a group: its own class. */
    default int own(int group) {
        return group;
    }

    /**
     * The target of a group for an output: an entry of a distribution, a probability, or a value for squared error; by
     * default one-hot. It does not include the group's weight.
     */
    default double target(int output, int group) {
        return output == group ? 1 : 0;
    }

    /** The relative weight of a group's samples; 1 in a plain loss. */
    default double weight(int group) {
        return 1;
    }

    /** All parameters that the loss of a group depends on. */
    default double[] parameters(int group) {
        return traits(group);
    }

    /** Everything that distinguishes classes of the same count: classes with equal traits are exchangeable. */
    default double[] traits(int label) {
        return new double[0];
    }

    /**
     * The loss of groups of classes, each with the mean parameters of its members, for columns laid out as in
     * {@link DataTerm#ofGroups}.
     */
    default Loss merged(int[][] members) {
        return this;
    }

    /**
     * The scale s of the optimal logits {@code s(e_k − 1/K)} of exchangeable classes (§5), given {@code reach = μ√n};
     * empty if there is no formula.
     */
    OptionalDouble balancedScale(int classes, double reach);

    /**
     * The value of {@code μN/√n} from which a class and an exchangeable one collapse into each other (§6); empty if it
     * depends on the rest of the problem.
     */
    default OptionalDouble collapseThreshold(int label) {
        return OptionalDouble.of(1);
    }

    /**
     * The maximum of |b_k| at a global minimum with a free bias, up to a common shift if the loss is invariant to it
     * (docs/theory.md §4).
     *
     * @param counts samples of each group
     * @param nuclear an upper bound of ‖R̂‖_*
     * @param smallestCount samples of the smallest group
     */
    double largestFreeBias(ClassCounts counts, double nuclear, double smallestCount);

    /**
     * Rejects problems without a minimum.
     *
     * @param counts samples of each group
     * @param free whether the bias is free
     * @throws IllegalArgumentException if the loss is for another number of groups, or a free bias would diverge
     */
    default void check(ClassCounts counts, boolean free) {
        if (counts.classes() < 2) {
            throw new IllegalArgumentException("counts: expected at least 2 classes, found " + counts.classes());
        }
    }
}
