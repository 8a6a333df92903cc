package io.github.collapse4j.metrics;

import io.github.collapse4j.linalg.Matrix;
import java.util.Optional;

/**
 * The metrics over pairs of classes, from one sweep.
 *
 * @param cosines NC2, of centred class means; empty if a class mean equals the global mean
 * @param logKernel GNC2 with the log kernel; empty if two centred means have the same direction
 * @param rieszKernel GNC2 with the Riesz kernel; empty if two centred means have the same direction
 * @param cdnv CDNV (NC1); empty if two class means are equal
 * @param pairs number of pairs used
 * @param exact whether every pair was used
 */
public record PairMetrics(
        Optional<CosineSpread> cosines,
        Optional<KernelMoments> logKernel,
        Optional<KernelMoments> rieszKernel,
        Optional<Estimate> cdnv,
        long pairs,
        boolean exact) {

    /** @param variances v_k, the mean squared distance of samples from μ_k, for each class in {@code means} */
    public static PairMetrics of(CentredMeans means, double[] variances, PairOptions options) {
        Optional<Estimate> cdnv = ClassDistanceVariance.of(means, variances, options);
        Optional<Matrix> directions = directions(means);
        if (means.count() < 2 || directions.isEmpty()) {
            return new PairMetrics(Optional.empty(), Optional.empty(), Optional.empty(), cdnv, 0, true);
        }
        ClassPairs pairs = new ClassPairs(directions.get(), options.maxWork(), options.samples(), options.seed());
        CosineSpread.Sums cosines = new CosineSpread.Sums(means.count());
        KernelMoments.LogSums log = new KernelMoments.LogSums(means.count());
        KernelMoments.RieszSums riesz =
                new KernelMoments.RieszSums(means.count(), means.centred().rows());
        pairs.forEach((i, j, squared) -> {
            cosines.add(squared);
            double logDistance = Math.log(squared) / 2;
            log.add(logDistance);
            riesz.add(logDistance);
        });
        boolean exact = pairs.exact();
        return new PairMetrics(
                Optional.of(cosines.result(exact)),
                log.result(exact),
                riesz.result(exact),
                cdnv,
                cosines.pairs(),
                exact);
    }

    private static Optional<Matrix> directions(CentredMeans means) {
        double[] norms = means.norms();
        Matrix directions = means.centred().copy();
        int d = directions.rows();
        for (int k = 0; k < norms.length; k++) {
            if (!(norms[k] > 0)) {
                return Optional.empty();
            }
            for (int i = k * d; i < (k + 1) * d; i++) {
                directions.data()[i] /= norms[k];
            }
        }
        return Optional.of(directions);
    }
}
