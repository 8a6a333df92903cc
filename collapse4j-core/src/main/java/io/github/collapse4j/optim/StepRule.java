package io.github.collapse4j.optim;

import java.io.Serializable;

/** How gradient descent chooses its step length. */
public sealed interface StepRule extends Serializable permits StepSize, Backtracking {
    /** Descends along the negative gradient; arguments and result are those of {@link Optimizer#minimize}. */
    OptimizerResult descend(SmoothFunction function, double[] start, Limits limits, IterationListener listener);
}
