package io.github.collapse4j.measure;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.CollapseMeasurement.ClassifierGeometry;
import io.github.collapse4j.measure.CollapseMeasurement.MeansGeometry;
import io.github.collapse4j.measure.CollapseMeasurement.Provenance;
import io.github.collapse4j.measure.CollapseMeasurement.Variability;
import io.github.collapse4j.metrics.BetweenScatter;
import io.github.collapse4j.metrics.BiasRelation;
import io.github.collapse4j.metrics.CentredMeans;
import io.github.collapse4j.metrics.DualityDistance;
import io.github.collapse4j.metrics.EtfDistance;
import io.github.collapse4j.metrics.FrameDistance;
import io.github.collapse4j.metrics.NormVariation;
import io.github.collapse4j.metrics.OodOrthogonality;
import io.github.collapse4j.metrics.PairMetrics;
import io.github.collapse4j.metrics.QuotientVariability;
import io.github.collapse4j.metrics.TraceVariability;
import io.github.collapse4j.metrics.UniformDuality;
import io.github.collapse4j.stats.ClassMoments;
import io.github.collapse4j.stats.Decisions;
import io.github.collapse4j.stats.Deviations;
import io.github.collapse4j.stats.LinearClassifier;
import java.util.Optional;
import java.util.OptionalDouble;

/** Computes every metric from the results of the passes. */
record MetricsOfPasses(
        MeasureOptions options,
        PassPlan plan,
        ClassMoments moments,
        CentredMeans centred,
        BetweenScatter between,
        Deviations deviations) {

    CollapseMeasurement result(
            Optional<LinearClassifier> classifier, Optional<Decisions> decisions, Optional<double[]> oodMean) {
        double[] variances = variances();
        double total = moments.totalWeight();
        Matrix m = centred.centred();
        return new CollapseMeasurement(
                provenance(),
                moments,
                centred,
                variances,
                new Variability(
                        TraceVariability.of(between, deviations, total, centred.count()),
                        QuotientVariability.of(centred, deviations.squares(), total)),
                new MeansGeometry(
                        EtfDistance.ofMeans(m),
                        FrameDistance.ofNonnegative(centred.means()),
                        NormVariation.of(centred.norms())),
                PairMetrics.of(centred, centred.select(variances), options.pairs()),
                classifier.map(this::geometry),
                decisions,
                oodMean.isPresent() ? OodOrthogonality.of(centred, oodMean.get()) : OptionalDouble.empty());
    }

    private double[] variances() {
        double[] variances = deviations.squares().clone();
        for (int k = 0; k < variances.length; k++) {
            double weight = moments.weights()[k];
            variances[k] = weight > 0 && moments.counts()[k] > 1 ? variances[k] / weight : 0;
        }
        return variances;
    }

    private Provenance provenance() {
        return new Provenance(
                moments.samples(),
                moments.classes(),
                moments.featureDimension(),
                moments.missing(),
                moments.singletons(),
                plan,
                options.globalMean(),
                between.rank(),
                between.expectedRank());
    }

    private ClassifierGeometry geometry(LinearClassifier classifier) {
        Matrix all = classifier.weights();
        Matrix present = centred.selectRows(all);
        Matrix m = centred.centred();
        return new ClassifierGeometry(
                EtfDistance.ofWeights(all),
                NormVariation.of(all.rowNorms()),
                EtfDistance.between(present, m),
                DualityDistance.of(present, m),
                UniformDuality.of(present, m),
                OptionalDouble.of(BiasRelation.of(classifier, moments)));
    }
}
