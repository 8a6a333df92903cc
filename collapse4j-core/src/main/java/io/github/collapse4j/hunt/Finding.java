package io.github.collapse4j.hunt;

import io.github.collapse4j.certificate.Verdict;

/**
 * A value at which descents ended.
 *
 * @param objective the lowest of the values counted here
 * @param count how many descents ended there
 * @param firstItem the first of them, numbered within the problem
 * @param end what they are counted as
 * @param gradientNorm ‖∇f‖ after polishing a representative
 * @param verdict what the representative is
 */
public record Finding(
        double objective, long count, int firstItem, DescentEnd end, double gradientNorm, Verdict verdict) {}
