package io.github.collapse4j.hunt;

import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.model.UfmPoint;

/**
 * A value at which descents ended.
 *
 * @param objective the lowest of the values counted here
 * @param count number of descents that ended there
 * @param firstItem the first of them, numbered within the problem
 * @param end how they are counted
 * @param point a representative after polishing, in the reduced model
 * @param gradientNorm ‖∇f‖ of the representative
 * @param verdict verdict on the representative
 */
public record Finding(
        double objective,
        long count,
        int firstItem,
        DescentEnd end,
        UfmPoint point,
        double gradientNorm,
        Verdict verdict) {}
