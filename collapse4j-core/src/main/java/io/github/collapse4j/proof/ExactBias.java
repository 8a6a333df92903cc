package io.github.collapse4j.proof;

/** The bias of an {@link ExactModel}. */
public sealed interface ExactBias {
    /** The bias is fixed at zero. */
    record None() implements ExactBias {}

    /** The bias is a variable without penalty. */
    record Free() implements ExactBias {}

    /** The bias is a variable with the penalty {@code λ_b/2·‖b‖²}. */
    record Regularised(Rational lambda) implements ExactBias {}

    /** Whether there is a bias to optimise. */
    default boolean isPresent() {
        return !(this instanceof None);
    }

    /** λ_b, or 0 without a penalty. */
    default Interval penalty() {
        return this instanceof Regularised regularised ? regularised.lambda().interval() : Interval.ZERO;
    }
}
