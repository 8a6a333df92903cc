package io.github.collapse4j.metrics;

/**
 * A mean over pairs of classes.
 *
 * @param value the mean
 * @param standardError standard error of the sampled mean; 0 if every pair was used
 * @param pairs number of pairs used
 * @param exact whether every pair was used
 */
public record Estimate(double value, double standardError, long pairs, boolean exact) {}
