package io.github.collapse4j.optim;

import java.io.Serializable;

/** How gradient descent chooses its step length. */
public sealed interface StepRule extends Serializable permits StepSize, Backtracking {}
