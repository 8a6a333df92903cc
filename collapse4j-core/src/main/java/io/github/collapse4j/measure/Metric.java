package io.github.collapse4j.measure;

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
 * A measured metric with its names.
 *
 * @param key key in JSON
 * @param group NC1 … NC5
 * @param name short name, for tables
 * @param value the value; empty if it could not be measured
 * @param standardError standard error of the value; 0 if all pairs of classes were included
 * @param ideal value for a collapsed network; empty if it is not a constant
 * @param meaning the meaning in a few words
 */
public record Metric(
        String key,
        String group,
        String name,
        OptionalDouble value,
        double standardError,
        OptionalDouble ideal,
        String meaning) {

    /** All metrics, in the order of NC1 to NC5, with their measured values. */
    public static List<Metric> of(CollapseMeasurement m) {
        List<Metric> all = new ArrayList<>();
        Optional<ClassifierGeometry> w = m.classifier();
        Optional<CosineSpread> cosines = m.pairs().cosines();
        double classes = m.centred().count();
        Group nc1 = new Group(all, "NC1", 0);
        nc1.add(
                "nc1",
                "tr(Σ_W Σ_B†)/K",
                m.variability().trace(),
                "spread within classes relative to between them, per direction");
        nc1.add("nc1Quotient", "tr Σ_W/tr Σ_B", m.variability().quotient(), "the same, summed over all directions");
        nc1.addEstimate(
                "nc1Cdnv",
                "CDNV",
                m.pairs().cdnv(),
                0,
                "variance relative to squared distance, mean over pairs of classes");
        Group nc2 = new Group(all, "NC2", 0);
        nc2.add(
                "nc2Means",
                "ETF distance, means",
                m.means().etfDistance(),
                "how far class means are from a simplex ETF");
        nc2.add(
                "nc2FrameDistance",
                "frame distance, means",
                m.means().frameDistance(),
                "means ≥ 0, as after a ReLU: from an orthogonal frame, their ideal; not centred");
        nc2.add(
                "nc2Weights",
                "ETF distance, W",
                of(w, ClassifierGeometry::etfDistance),
                "the same for the classifier's rows");
        nc2.add(
                "nc2MeanNormsCv",
                "norms of means",
                m.means().normVariation(),
                "coefficient of variation, 0 for equal norms");
        nc2.add(
                "nc2WeightNormsCv",
                "norms of W",
                of(w, ClassifierGeometry::normVariation),
                "the same for the classifier's rows");
        nc2.addEstimate(
                "nc2CosineMean",
                "mean cosine",
                cosines.map(CosineSpread::mean),
                -1 / (classes - 1),
                "between class means");
        nc2.add(
                "nc2CosineStd",
                "spread of cosines",
                value(cosines.map(CosineSpread::standardDeviation)),
                "standard deviation, 0 for equal angles");
        nc2.addEstimate(
                "nc2MaxAngle",
                "|cos + 1/(K−1)|",
                cosines.map(CosineSpread::meanDeviation),
                0,
                "mean over pairs, 0 for maximal angles");
        nc2.addKernel("gnc2Log", "log kernel", m.pairs().logKernel());
        nc2.addKernel("gnc2Riesz", "Riesz kernel", m.pairs().rieszKernel());
        Group nc3 = new Group(all, "NC3", 0);
        nc3.add(
                "nc3",
                "ETF distance, W M",
                of(w, ClassifierGeometry::selfDuality),
                "0 if classifier rows align with class means");
        nc3.add(
                "nc3Papyan",
                "‖W − Mᵀ‖²",
                of(w, ClassifierGeometry::dualityDistance),
                "squared distance after scaling both to norm 1");
        nc3.add(
                "unc3",
                "var ⟨w_k, μ_k − μ_G⟩",
                of(w, ClassifierGeometry::uniformDuality),
                "0 if the same for every class");
        Group nc4 = new Group(all, "NC4", 1);
        nc4.add(
                "nc4AgreementWithBias",
                "agreement",
                of(m.decisions(), Decisions::agreementWithBias),
                "classifier and nearest class mean agree");
        nc4.add(
                "nc4AgreementNoBias",
                "without bias",
                of(m.decisions(), Decisions::agreementNoBias),
                "the same without the bias");
        nc4.add("accuracyLinear", "accuracy", of(m.decisions(), Decisions::accuracyLinear), "of the classifier");
        nc4.add(
                "accuracyNearestMean",
                "accuracy, means",
                of(m.decisions(), Decisions::accuracyNearestMean),
                "of the nearest class mean");
        Group nc5 = new Group(all, "NC5", 0);
        nc5.add(
                "nc5",
                "|cos| to outliers",
                m.oodOrthogonality(),
                "0 if class means are orthogonal to out-of-distribution features");
        Group bias = new Group(all, "bias", 0);
        bias.add(
                "biasRelation",
                "‖b + W h_G‖",
                of(w, ClassifierGeometry::biasRelation),
                "0 if the bias cancels the global mean's part in the logits");
        return all;
    }

    /** Whether the value is exact, not an estimate from a sample of pairs. */
    public boolean isExact() {
        return standardError == 0;
    }

    private static <T> OptionalDouble of(Optional<T> part, Function<T, OptionalDouble> metric) {
        return part.map(metric).orElse(OptionalDouble.empty());
    }

    private static OptionalDouble value(Optional<Double> value) {
        return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
    }

    /** Adds the metrics of a group, which share an ideal unless another is given. */
    private record Group(List<Metric> all, String name, double ideal) {
        void add(String key, String title, OptionalDouble value, String meaning) {
            add(key, title, value, 0, OptionalDouble.of(ideal), meaning);
        }

        void addEstimate(String key, String title, Optional<Estimate> estimate, double ideal, String meaning) {
            double error = estimate.map(Estimate::standardError).orElse(0.0);
            add(key, title, value(estimate.map(Estimate::value)), error, OptionalDouble.of(ideal), meaning);
        }

        void addKernel(String key, String title, Optional<KernelMoments> kernel) {
            Optional<KernelMoments> plain = kernel.filter(k -> k.logScale() == 0);
            add(
                    key + "Mean",
                    title,
                    value(plain.map(KernelMoments::mean)),
                    plain.map(KernelMoments::standardError).orElse(0.0),
                    OptionalDouble.empty(),
                    "GNC2: energy of the directions of means; lower is more uniform");
            add(
                    key + "Variance",
                    title + ", variance",
                    value(plain.map(KernelMoments::variance)),
                    "over pairs, 0 for equal distances");
        }

        private void add(
                String key, String title, OptionalDouble value, double error, OptionalDouble ideal, String meaning) {
            all.add(new Metric(key, name, title, value, error, ideal, meaning));
        }
    }
}
