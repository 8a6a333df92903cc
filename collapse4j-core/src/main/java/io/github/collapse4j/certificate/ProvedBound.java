package io.github.collapse4j.certificate;

import static io.github.collapse4j.linalg.ProvedNorm.relative;

import io.github.collapse4j.certificate.LowerBound.Rounding;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.ProvedNorm;
import io.github.collapse4j.linalg.UnitRoundOff;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.DataTerm;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmProblem;

/**
 * The bound of weak duality as a theorem (docs/theory.md §4, "The bound in floating point"). Stored residuals are a dual point as they are; everything derived from them is rounded towards a lower bound. It
 * holds for all penalties that round to those of the problem, so for the decimals that were typed.
 */
public final class ProvedBound {
    private static final double U = UnitRoundOff.DOUBLE;

    private ProvedBound() {}

    /**
     * The bound from the residuals of any point of a reduced model.
     *
     * @param data the loss of columns that stand for all samples of a group, laid out as the residuals
     * @param sizes m_g, the number of classes in each of G groups
     * @param counts n_g, the number of samples of each class of a group
     * @param residual residuals {@code (G+1)×G}: column g is a sample of group g, row h another class of group h, the last
     *     row the sample's own class; or K×G if all groups are single classes or targets, with a row for each output
     */
    public static LowerBound of(UfmProblem problem, DataTerm data, double[] sizes, double[] counts, Matrix residual) {
        boolean free = problem.bias() instanceof Bias.Free;
        GroupedResidual groups = new GroupedResidual(sizes, counts, residual);
        if (data.loss() instanceof CrossEntropy) {
            return bound(problem, sizes, ProbabilityDual.of(groups, free));
        }
        if (data.loss() instanceof SquaredError) {
            return bound(problem, sizes, new SquaredDual(groups, free));
        }
        DualColumns columns = new DualColumns(data, sizes, counts);
        return bound(problem, columns.multiplicities(), EnclosedDual.of(columns, residual.data(), free));
    }

    private static LowerBound bound(UfmProblem problem, double[] multiplicities, ProvedDual dual) {
        double sigma = dual.norm();
        double scale = Math.min(1, mu(problem) / sigma * (1 - 4 * U));
        if (!(scale > 0)) {
            return LowerBound.NONE;
        }
        Sum sum = dual.value(scale);
        double roundings = 4.0 * multiplicities.length + 64;
        double ofBias = problem.bias() instanceof Bias.Regularised regularised
                ? scale
                        * scale
                        * squaredNorm(multiplicities, dual.biasGradient())
                        / (2 * Math.nextDown(regularised.lambda()))
                : 0;
        double value = sum.lower() - ofBias * (1 + relative(roundings));
        value -= Math.abs(value) * 4 * U + 0x1p-960;
        double roundOff = sum.rounding() + ofBias * relative(roundings);
        return value > 0
                ? new LowerBound(value, sigma, scale, roundOff, Rounding.PROVED)
                : new LowerBound(0, sigma, 0, 0, Rounding.PROVED);
    }

    /** At most √(λ_Wλ_H) for all numbers that round to these penalties. */
    private static double mu(UfmProblem problem) {
        double product = Math.sqrt(Math.nextDown(problem.lambdaW())) * Math.sqrt(Math.nextDown(problem.lambdaH()));
        return Math.nextDown(product * (1 - 4 * U));
    }

    /** {@code Σ_g m_g x_g²}. */
    private static double squaredNorm(double[] multiplicities, double[] x) {
        double sum = 0;
        for (int g = 0; g < x.length; g++) {
            sum += multiplicities[g] * x[g] * x[g];
        }
        return sum;
    }

    /** What the losses have in common: a dual point, repaired for a free bias, whose numbers are rounded outwards. */
    sealed interface ProvedDual permits ProbabilityDual, SquaredDual, EnclosedDual {
        /** An upper bound of σ_max of the weighted residuals. */
        double norm();

        /** Upper bounds of the magnitudes of the derivatives with respect to the bias of one class of each group. */
        double[] biasGradient();

        /** A lower bound of minus the conjugate at {@code scale} times the dual point. */
        Sum value(double scale);
    }

    /**
     * A lower bound of a sum.
     *
     * @param lower the bound
     * @param rounding the deduction for the roundings of the sum
     */
    record Sum(double lower, double rounding) {}

    /**
     * Residuals of groups of exchangeable classes, with the sums that both losses need.
     *
     * @param sizes m_g
     * @param counts n_g
     * @param residual as in {@link ProvedBound#of}
     */
    record GroupedResidual(double[] sizes, double[] counts, Matrix residual) {
        int groups() {
            return sizes.length;
        }

        double samples() {
            double sum = 0;
            for (int g = 0; g < sizes.length; g++) {
                sum += sizes[g] * counts[g];
            }
            return sum;
        }

        double other(int h, int g) {
            return residual.get(h, g);
        }

        double own(int g) {
            return residual.get(residual.rows() == groups() ? g : groups(), g);
        }

        /** The number of classes of group h other than a given class of group g. */
        double others(int h, int g) {
            return h == g ? sizes[h] - 1 : sizes[h];
        }

        /**
         * An upper bound of σ_max, which is that of a G×G matrix on the span of the groups' indicators, and the largest of
         * G numbers on the differences within them.
         *
         * @param diagonal for each group the sum of a column over one group and its own class, without weights
         * @param within for each group the difference between own and other classes of a group
         * @param absoluteError a bound of the errors of these two numbers relative to {@code size} of each group
         */
        double norm(double[] diagonal, double[] within, double[] size, double absoluteError) {
            int n = groups();
            double samples = samples();
            Matrix core = Matrix.zeros(n, n);
            double apart = 0;
            double error = 0;
            for (int g = 0; g < n; g++) {
                double factor = Math.sqrt(counts[g]) / samples;
                for (int h = 0; h < n; h++) {
                    core.set(h, g, factor * Math.sqrt(sizes[h] * sizes[g]) * other(h, g));
                }
                core.set(g, g, factor * diagonal[g]);
                error = Math.max(error, factor * size[g]);
                apart = sizes[g] > 1 ? Math.max(apart, factor * Math.abs(within[g])) : apart;
            }
            double ofRoundings = relative(2.0 * groups() + 32);
            double ofCore = ProvedNorm.upperBound(core, ofRoundings);
            return Math.max(ofCore, apart * (1 + ofRoundings)) + absoluteError * error * (1 + ofRoundings) + 0x1p-1000;
        }
    }
}
