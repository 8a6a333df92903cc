package io.github.collapse4j.djl;

import io.github.collapse4j.lastlayer.LastLayerAnalysis;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.lastlayer.LastLayerCertificate.Certified;
import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.measure.CollapseMeasurement.ClassifierGeometry;
import io.github.collapse4j.measure.CollapseMeasurer;
import io.github.collapse4j.measure.MeasureListener;
import io.github.collapse4j.measure.MeasureOptions;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.solve.SolveListener;
import io.github.collapse4j.stats.Decisions;
import java.util.Optional;
import java.util.OptionalDouble;

/** Measures a probed layer: the metrics and the certificate of core, put together. */
public final class CollapseMeter {
    private final Options options;

    public CollapseMeter(Options options) {
        this.options = options;
    }

    /**
     * What to judge a layer by.
     *
     * @param loss of its training
     * @param lambdaW λ_W of its training where it is known, else implied
     * @param lambdaHTimesSamples N·λ_H of its training where it is known, else implied; the product, since the number of
     *     samples probed may be another than that of training
     * @param lambdaB λ_b of its training, 0 for none
     */
    public record Options(
            UfmLoss.Kind loss, OptionalDouble lambdaW, OptionalDouble lambdaHTimesSamples, double lambdaB) {
        /** Implied penalties. */
        public static Options of(UfmLoss.Kind loss) {
            return new Options(loss, OptionalDouble.empty(), OptionalDouble.empty(), 0);
        }

        /** Penalties of the model as they were in training with N samples. */
        public static Options of(UfmLoss.Kind loss, double lambdaW, double lambdaH, double lambdaB, long samples) {
            return new Options(loss, OptionalDouble.of(lambdaW), OptionalDouble.of(lambdaH * samples), lambdaB);
        }
    }

    /** The certificate of a layer. */
    public LastLayerCertificate certify(ProbedLayer layer) {
        OptionalDouble lambdaH = options.lambdaHTimesSamples().isPresent()
                ? OptionalDouble.of(options.lambdaHTimesSamples().getAsDouble() / layer.labels().length)
                : OptionalDouble.empty();
        return new LastLayerAnalysis(
                        new LastLayerAnalysis.Options(loss(), options.lambdaW(), lambdaH, options.lambdaB(), 1e-3),
                        SolveListener.SILENT)
                .analyze(layer.lastLayer());
    }

    /** NC1–NC4 of a layer, with all variants. */
    CollapseMeasurement measurement(ProbedLayer layer) {
        return new CollapseMeasurer(MeasureOptions.defaults(), MeasureListener.SILENT)
                .measure(layer.samples(), Optional.of(layer.linearClassifier()), Optional.empty());
    }

    /** All figures of a layer. */
    public CollapseState measure(int epoch, ProbedLayer layer) {
        return state(epoch, measurement(layer), certify(layer));
    }

    private static CollapseState state(int epoch, CollapseMeasurement measured, LastLayerCertificate certificate) {
        Optional<ClassifierGeometry> geometry = measured.classifier();
        return new CollapseState(
                epoch,
                certificate.loss(),
                certificate.accuracy(),
                measured.variability().trace().orElse(Double.NaN),
                geometry.map(ClassifierGeometry::etfDistance)
                        .orElseGet(OptionalDouble::empty)
                        .orElse(Double.NaN),
                geometry.map(ClassifierGeometry::selfDuality)
                        .orElseGet(OptionalDouble::empty)
                        .orElse(Double.NaN),
                measured.decisions()
                        .map(Decisions::agreementWithBias)
                        .orElseGet(OptionalDouble::empty)
                        .orElse(Double.NaN),
                certificate.mu(),
                certificate.sigmaOverMu(),
                certificate.certified().map(Certified::relativeGap).orElse(Double.NaN));
    }

    /** The loss as core knows it. */
    public Loss loss() {
        return switch (options.loss()) {
            case CROSS_ENTROPY -> new CrossEntropy();
            case SQUARED_ERROR -> new SquaredError();
        };
    }
}
