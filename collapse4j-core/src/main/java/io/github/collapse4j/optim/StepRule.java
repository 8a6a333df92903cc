package io.github.collapse4j.optim;

import java.io.Serializable;

/** How gradient descent chooses the length of its step. */
public sealed interface StepRule extends Serializable permits StepSize, Backtracking {}
