package io.github.collapse4j.metrics;

import java.util.Optional;

/**
 * GNC2: mean and population variance, over pairs, of a kernel of the distance between the directions of centred class
 * means on the sphere (Liu et al. 2023, arXiv 2303.06484). A uniform arrangement has variance 0.
 *
 * @param mean mean of the kernel
 * @param variance variance of the kernel
 * @param logScale logarithm of the unit of mean and variance: 0 unless the kernel itself would underflow
 * @param standardError standard error of the mean; 0 if exact
 * @param exact whether every pair was used
 */
public record KernelMoments(double mean, double variance, double logScale, double standardError, boolean exact) {

    /** The log kernel, log(1/‖u − v‖). */
    static final class LogSums {
        private final PairMoments moments;

        LogSums(int classes) {
            this.moments = new PairMoments(-idealLogDistance(classes));
        }

        void add(double logDistance) {
            moments.add(-logDistance);
        }

        Optional<KernelMoments> result(boolean exact) {
            return moments.isDefined()
                    ? Optional.of(new KernelMoments(
                            moments.mean(),
                            moments.variance(),
                            0,
                            moments.estimate(exact).standardError(),
                            exact))
                    : Optional.empty();
        }
    }

    /**
     * The Riesz kernel sign(s)·‖u − v‖^−s with s = d − 2 (and sign(0) = 1), in units of its value for a simplex ETF: in
     * high dimension that value is 2^(−d/2), and its square underflows.
     */
    static final class RieszSums {
        private final double exponent;
        private final double idealLog;
        private final PairMoments moments = new PairMoments(1);

        RieszSums(int classes, int featureDimension) {
            this.exponent = featureDimension - 2.0;
            this.idealLog = idealLogDistance(classes);
        }

        void add(double logDistance) {
            moments.add(Math.exp(-exponent * (logDistance - idealLog)));
        }

        Optional<KernelMoments> result(boolean exact) {
            if (!moments.isDefined()) {
                return Optional.empty();
            }
            double sign = exponent < 0 ? -1 : 1;
            double logUnit = -exponent * idealLog;
            double unit = Math.exp(logUnit);
            double error = moments.estimate(exact).standardError();
            double variance = moments.variance() * unit * unit;
            if (Math.abs(logUnit) < 150 && Double.isFinite(variance)) {
                return Optional.of(new KernelMoments(sign * moments.mean() * unit, variance, 0, error * unit, exact));
            }
            return Optional.of(new KernelMoments(sign * moments.mean(), moments.variance(), logUnit, error, exact));
        }
    }

    /** log √(2K/(K−1)), for the distance between directions of a simplex ETF. */
    private static double idealLogDistance(int classes) {
        return Math.log(2.0 * classes / (classes - 1)) / 2;
    }
}
