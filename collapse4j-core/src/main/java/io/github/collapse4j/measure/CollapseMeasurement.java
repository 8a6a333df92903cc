package io.github.collapse4j.measure;

import io.github.collapse4j.metrics.CentredMeans;
import io.github.collapse4j.metrics.CentredMeans.GlobalMean;
import io.github.collapse4j.metrics.PairMetrics;
import io.github.collapse4j.stats.ClassMoments;
import io.github.collapse4j.stats.Decisions;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Neural-collapse metrics of a set of features (docs/theory.md §9). What could not be measured is empty, never NaN: NC3
 * without a classifier, ratios to a distance of 0, angles of a single class. Classes without samples are left out, and
 * K in the formulas is the number of the others; a class of one sample has variance 0.
 *
 * @param provenance what was measured, and how
 * @param moments counts and means
 * @param centred the means of the classes with samples, centred at μ_G
 * @param variances mean squared distance of the samples of a class from its mean; 0 for a class without samples
 * @param variability NC1
 * @param means NC2 of the class means
 * @param pairs NC1 and NC2 over pairs of classes
 * @param classifier NC2 of the weights, NC3 and the bias; empty without a classifier
 * @param decisions NC4 and accuracies; empty if samples were not classified
 * @param oodOrthogonality NC5; empty without out-of-distribution features
 */
public record CollapseMeasurement(
        Provenance provenance,
        ClassMoments moments,
        CentredMeans centred,
        double[] variances,
        Variability variability,
        MeansGeometry means,
        PairMetrics pairs,
        Optional<ClassifierGeometry> classifier,
        Optional<Decisions> decisions,
        OptionalDouble oodOrthogonality) {

    /** N, K, d, and one figure of each of NC1 to NC4, – where it could not be measured. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d samples, K = %d, d = %d: NC1 %s, NC2 %s, NC3 %s, NC4 %s, accuracy %s",
                provenance.samples(),
                provenance.classes(),
                provenance.featureDimension(),
                text(variability.trace()),
                text(means.etfDistance()),
                text(classifier.map(ClassifierGeometry::selfDuality).orElseGet(OptionalDouble::empty)),
                text(decisions.map(Decisions::agreementWithBias).orElseGet(OptionalDouble::empty)),
                text(decisions.map(Decisions::accuracyLinear).orElseGet(OptionalDouble::empty)));
    }

    private static String text(OptionalDouble figure) {
        return figure.isPresent() ? String.format(Locale.ROOT, "%.6g", figure.getAsDouble()) : "–";
    }

    /**
     * What was measured, and how.
     *
     * @param samples N
     * @param classes K, including classes without samples
     * @param featureDimension d
     * @param missing classes without samples (or weight)
     * @param singletons classes with a single sample
     * @param passes how often the samples were read, and why
     * @param globalMean the definition of μ_G
     * @param betweenRank rank used for Σ_B
     * @param expectedRank min(d, K − 1)
     */
    public record Provenance(
            long samples,
            int classes,
            int featureDimension,
            int[] missing,
            int[] singletons,
            PassPlan passes,
            GlobalMean globalMean,
            int betweenRank,
            int expectedRank) {
        @Override
        public String toString() {
            return samples + " samples, K = " + classes + ", d = " + featureDimension + ", missing classes "
                    + Arrays.toString(missing) + ", classes of one sample " + Arrays.toString(singletons) + ", "
                    + passes
                    + ", μ_G " + globalMean + ", rank of Σ_B " + betweenRank + " (expected " + expectedRank + ")";
        }
    }

    /**
     * NC1, except over pairs.
     *
     * @param trace tr(Σ_W Σ_B†)/K
     * @param quotient tr Σ_W / tr Σ_B
     */
    public record Variability(OptionalDouble trace, OptionalDouble quotient) {}

    /**
     * NC2 of the class means, except over pairs.
     *
     * @param etfDistance ‖A/‖A‖ − (I − J/K)/√(K−1)‖ for A = MᵀM
     * @param frameDistance ‖B/‖B‖ − I/√K‖ for B = (μ_jᵀμ_k), which replaces {@code etfDistance} for non-negative features;
     *     empty if a class mean has a negative entry
     * @param normVariation coefficient of variation of ‖μ_k − μ_G‖
     */
    public record MeansGeometry(
            OptionalDouble etfDistance, OptionalDouble frameDistance, OptionalDouble normVariation) {}

    /**
     * NC2 of the weights (all rows), NC3 (rows of classes with samples) and the bias.
     *
     * @param etfDistance the ETF distance of A = WWᵀ
     * @param normVariation coefficient of variation of ‖w_k‖
     * @param selfDuality NC3: the ETF distance of A = W M (Zhu et al. 2021)
     * @param dualityDistance NC3, ‖W/‖W‖ − Mᵀ/‖M‖‖² (Papyan et al. 2020)
     * @param uniformDuality UNC3
     * @param biasRelation ‖b + W h_G‖, where h_G is the mean of all samples
     */
    public record ClassifierGeometry(
            OptionalDouble etfDistance,
            OptionalDouble normVariation,
            OptionalDouble selfDuality,
            OptionalDouble dualityDistance,
            OptionalDouble uniformDuality,
            OptionalDouble biasRelation) {}
}
