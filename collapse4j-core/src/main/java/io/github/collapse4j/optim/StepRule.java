package io.github.collapse4j.optim;

/** How gradient descent chooses the length of its step. */
public sealed interface StepRule permits StepSize, Backtracking {}
