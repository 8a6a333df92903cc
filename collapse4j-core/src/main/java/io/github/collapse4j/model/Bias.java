package io.github.collapse4j.model;

import java.io.Serializable;

/** How the bias enters the model (docs/theory.md §1): fixed at zero, free, or with a penalty {@code λ_b/2·‖b‖²}. */
public sealed interface Bias extends Serializable {
    /** The bias is fixed at zero. */
    record None() implements Bias {
        @Override
        public boolean isPresent() {
            return false;
        }
    }

    /** The bias is a variable without penalty, λ_b = 0. */
    record Free() implements Bias {}

    /** The bias is a variable with penalty λ_b > 0. */
    record Regularised(double lambda) implements Bias {
        public Regularised {
            if (!(lambda > 0) || Double.isInfinite(lambda)) {
                throw new IllegalArgumentException("lambdaB: expected a finite number above 0, found " + lambda);
            }
        }
    }

    /** A free bias for 0, a regularised one for a positive number. */
    static Bias ofLambda(double lambda) {
        return lambda == 0 ? new Free() : new Regularised(lambda);
    }

    /** Whether there is a bias to optimise. */
    default boolean isPresent() {
        return true;
    }

    /** The coefficient λ_b; 0 without a penalty. */
    default double lambda() {
        return 0;
    }
}
