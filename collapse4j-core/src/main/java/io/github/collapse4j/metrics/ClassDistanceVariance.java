package io.github.collapse4j.metrics;

import java.util.Optional;

/**
 * NC1 as CDNV, the mean of (v_i + v_j)/(2‖μ_i − μ_j‖²) over pairs (Galanti, György and Hutter 2021, arXiv 2112.15121).
 */
final class ClassDistanceVariance {
    private ClassDistanceVariance() {}

    /**
     * @param variances v_k, the mean squared distance of samples from μ_k, for each class in {@code means}
     * @return empty if there is no pair or two class means are equal
     */
    static Optional<Estimate> of(CentredMeans means, double[] variances, PairOptions options) {
        if (means.count() < 2) {
            return Optional.empty();
        }
        ClassPairs pairs = new ClassPairs(means.centred(), options.maxWork(), options.samples(), options.seed());
        PairMoments moments = new PairMoments(0);
        pairs.forEach((i, j, squared) -> moments.add((variances[i] + variances[j]) / 2 / squared));
        return moments.isDefined() ? Optional.of(moments.estimate(pairs.exact())) : Optional.empty();
    }
}
