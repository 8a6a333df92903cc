package io.github.collapse4j.cli.measure;

import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.measure.CollapseMeasurement.ClassifierGeometry;
import io.github.collapse4j.metrics.CosineSpread;
import io.github.collapse4j.metrics.Estimate;
import io.github.collapse4j.metrics.KernelMoments;
import io.github.collapse4j.stats.Decisions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A metric with its name in JSON and what to say of it, in the order of NC1 to NC5.
 *
 * @param key in JSON
 * @param group NC1 … NC5
 * @param name short, for tables
 * @param value empty where it could not be measured
 * @param standardError 0 where all pairs of classes were taken
 * @param ideal of a collapsed network
 * @param meaning in a few words
 */
record MetricRow(
        String key,
        String group,
        String name,
        OptionalDouble value,
        double standardError,
        OptionalDouble ideal,
        String meaning) {

    static List<MetricRow> of(CollapseMeasurement m) {
        List<MetricRow> rows = new ArrayList<>();
        Optional<ClassifierGeometry> w = m.classifier();
        Optional<CosineSpread> cosines = m.pairs().cosines();
        double classes = m.centred().count();
        add(
                rows,
                "nc1",
                "NC1",
                "tr(Σ_W Σ_B†)/K",
                m.variability().trace(),
                0,
                "spread within classes against between them, in every direction");
        add(
                rows,
                "nc1Quotient",
                "NC1",
                "tr Σ_W/tr Σ_B",
                m.variability().quotient(),
                0,
                "the same, of all directions together");
        addEstimate(
                rows,
                "nc1Cdnv",
                "NC1",
                "CDNV",
                m.pairs().cdnv(),
                0,
                "variance against the distance of two classes, mean over pairs");
        add(
                rows,
                "nc2Means",
                "NC2",
                "ETF distance, means",
                m.means().etfDistance(),
                0,
                "how far class means are from a simplex ETF");
        add(
                rows,
                "nc2Weights",
                "NC2",
                "ETF distance, W",
                of(w, ClassifierGeometry::etfDistance),
                0,
                "the same of the classifier's rows");
        add(
                rows,
                "nc2MeanNormsCv",
                "NC2",
                "norms of means",
                m.means().normVariation(),
                0,
                "coefficient of variation: means equally long");
        add(
                rows,
                "nc2WeightNormsCv",
                "NC2",
                "norms of W",
                of(w, ClassifierGeometry::normVariation),
                0,
                "the same of the classifier's rows");
        addEstimate(
                rows,
                "nc2CosineMean",
                "NC2",
                "mean cosine",
                cosines.map(CosineSpread::mean),
                -1 / (classes - 1),
                "between class means");
        add(
                rows,
                "nc2CosineStd",
                "NC2",
                "spread of cosines",
                value(cosines.map(CosineSpread::standardDeviation)),
                0,
                "standard deviation: equal angles");
        addEstimate(
                rows,
                "nc2MaxAngle",
                "NC2",
                "|cos + 1/(K−1)|",
                cosines.map(CosineSpread::meanDeviation),
                0,
                "mean over pairs: angles as wide as can be");
        addKernel(rows, "gnc2Log", "log kernel", m.pairs().logKernel());
        addKernel(rows, "gnc2Riesz", "Riesz kernel", m.pairs().rieszKernel());
        add(
                rows,
                "nc3",
                "NC3",
                "ETF distance, W M",
                of(w, ClassifierGeometry::selfDuality),
                0,
                "classifier rows point along class means");
        add(
                rows,
                "nc3Papyan",
                "NC3",
                "‖W − Mᵀ‖²",
                of(w, ClassifierGeometry::dualityDistance),
                0,
                "squared distance after scaling both to norm 1");
        add(
                rows,
                "unc3",
                "NC3",
                "var ⟨w_k, μ_k − μ_G⟩",
                of(w, ClassifierGeometry::uniformDuality),
                0,
                "the same for every class");
        add(
                rows,
                "nc4AgreementWithBias",
                "NC4",
                "agreement",
                of(m.decisions(), Decisions::agreementWithBias),
                1,
                "classifier and nearest class mean decide alike");
        add(
                rows,
                "nc4AgreementNoBias",
                "NC4",
                "without bias",
                of(m.decisions(), Decisions::agreementNoBias),
                1,
                "the same with the bias left out");
        add(
                rows,
                "accuracyLinear",
                "NC4",
                "accuracy",
                of(m.decisions(), Decisions::accuracyLinear),
                1,
                "of the classifier");
        add(
                rows,
                "accuracyNearestMean",
                "NC4",
                "accuracy, means",
                of(m.decisions(), Decisions::accuracyNearestMean),
                1,
                "of the nearest class mean");
        add(
                rows,
                "nc5",
                "NC5",
                "|cos| to outliers",
                m.oodOrthogonality(),
                0,
                "class means orthogonal to out-of-distribution features");
        add(
                rows,
                "biasRelation",
                "bias",
                "‖b + W h_G‖",
                of(w, ClassifierGeometry::biasRelation),
                0,
                "the bias takes back what the global mean adds to the logits");
        return rows;
    }

    /** Whether the metric is what it is called and no estimate from some pairs. */
    boolean isExact() {
        return standardError == 0;
    }

    private static void add(
            List<MetricRow> rows,
            String key,
            String group,
            String name,
            OptionalDouble value,
            double ideal,
            String meaning) {
        rows.add(new MetricRow(key, group, name, value, 0, OptionalDouble.of(ideal), meaning));
    }

    private static void addEstimate(
            List<MetricRow> rows,
            String key,
            String group,
            String name,
            Optional<Estimate> estimate,
            double ideal,
            String meaning) {
        rows.add(new MetricRow(
                key,
                group,
                name,
                value(estimate.map(Estimate::value)),
                estimate.map(Estimate::standardError).orElse(0.0),
                OptionalDouble.of(ideal),
                meaning));
    }

    private static void addKernel(List<MetricRow> rows, String key, String name, Optional<KernelMoments> kernel) {
        Optional<KernelMoments> plain = kernel.filter(k -> k.logScale() == 0);
        double error = plain.map(KernelMoments::standardError).orElse(0.0);
        rows.add(new MetricRow(
                key + "Mean",
                "NC2",
                name,
                value(plain.map(KernelMoments::mean)),
                error,
                OptionalDouble.empty(),
                "GNC2: energy of the directions of means, lower is more uniform"));
        rows.add(new MetricRow(
                key + "Variance",
                "NC2",
                name + ", variance",
                value(plain.map(KernelMoments::variance)),
                0,
                OptionalDouble.of(0),
                "over pairs: equal distances"));
    }

    private static <T> OptionalDouble of(Optional<T> part, Function<T, OptionalDouble> metric) {
        return part.map(metric).orElse(OptionalDouble.empty());
    }

    private static OptionalDouble value(Optional<Double> value) {
        return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
    }
}
