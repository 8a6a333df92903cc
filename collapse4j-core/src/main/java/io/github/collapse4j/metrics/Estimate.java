package io.github.collapse4j.metrics;

/**
 * A mean over pairs of classes.
 *
 * @param value the mean
 * @param standardError 0 if every pair was taken, otherwise that of the sampled pairs
 * @param pairs how many pairs were taken
 * @param exact whether every pair was taken
 */
public record Estimate(double value, double standardError, long pairs, boolean exact) {}
