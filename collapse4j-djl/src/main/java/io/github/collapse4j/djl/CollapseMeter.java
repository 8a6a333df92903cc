package io.github.collapse4j.djl;

import io.github.collapse4j.cosine.CosineCertificate;
import io.github.collapse4j.lastlayer.LastLayerAnalysis;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.lastlayer.Penalties;
import io.github.collapse4j.lastlayer.SampleTargets;
import io.github.collapse4j.lastlayer.TargetLayer;
import io.github.collapse4j.lastlayer.TargetLayerAnalysis;
import io.github.collapse4j.lastlayer.TargetLayerCertificate;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.measure.CollapseMeasurement.ClassifierGeometry;
import io.github.collapse4j.measure.CollapseMeasurer;
import io.github.collapse4j.measure.MeasureListener;
import io.github.collapse4j.measure.MeasureOptions;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.solve.SolveListener;
import io.github.collapse4j.stats.Decisions;
import java.util.Optional;
import java.util.OptionalDouble;

/** Measures a probed layer, with the metrics and the certificate of core. */
public final class CollapseMeter {
    private static final double TOLERANCE = 1e-3;
    private static final double SLACK = 0.01;

    private final Options options;

    public CollapseMeter(Options options) {
        this.options = options;
    }

    /**
     * The training objective that a layer is judged by.
     *
     * @param loss training loss, with the class counts of the whole training set if it depends on them
     * @param lambdaW λ_W of the training if known, otherwise implied
     * @param lambdaHTimesSamples N·λ_H of the training if known, otherwise determined by balance from λ_W, or implied;
     *     the product, because the number of probed samples may differ from the number of training samples
     * @param lambdaB λ_b of the training, 0 for none
     * @param temperature τ of a cosine head with cross-entropy, which has no penalties; empty for other heads
     * @param ofTargets the loss of layers whose samples have targets; others are judged by {@code loss}
     */
    public record Options(
            Loss loss,
            OptionalDouble lambdaW,
            OptionalDouble lambdaHTimesSamples,
            double lambdaB,
            OptionalDouble temperature,
            Optional<TrainingLoss> ofTargets) {
        /** Options with implied penalties. */
        public static Options of(Loss loss) {
            return new Options(
                    loss, OptionalDouble.empty(), OptionalDouble.empty(), 0, OptionalDouble.empty(), Optional.empty());
        }

        /** Options of a training with the same weight decay for weights and bias, which determines λ_H by balance. */
        public static Options ofWeightDecay(Loss loss, double lambda) {
            return new Options(
                    loss,
                    OptionalDouble.of(lambda),
                    OptionalDouble.empty(),
                    lambda,
                    OptionalDouble.empty(),
                    Optional.empty());
        }

        /** Options of a cosine head with cross-entropy, in the model without penalties. */
        public static Options ofCosine(double temperature) {
            return new Options(
                    new CrossEntropy(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    0,
                    OptionalDouble.of(temperature),
                    Optional.empty());
        }

        /** Options with the model's penalties as used in training with N samples. */
        public static Options of(Loss loss, double lambdaW, double lambdaH, double lambdaB, long samples) {
            return new Options(
                    loss,
                    OptionalDouble.of(lambdaW),
                    OptionalDouble.of(lambdaH * samples),
                    lambdaB,
                    OptionalDouble.empty(),
                    Optional.empty());
        }

        /** The same penalties, and the loss of samples with targets. */
        public Options withTargets(TrainingLoss ofSamples) {
            return new Options(loss, lambdaW, lambdaHTimesSamples, lambdaB, temperature, Optional.of(ofSamples));
        }
    }

    /** Judges a layer by the model that it was trained in. */
    public LayerJudgement judge(ProbedLayer layer) {
        if (layer.targets().isPresent() && options.ofTargets().isPresent()) {
            return new LayerJudgement.OfTargets(
                    certify(layer, layer.targets().get(), options.ofTargets().get()));
        }
        if (options.temperature().isEmpty()) {
            return new LayerJudgement.Penalised(certify(layer));
        }
        CosineCertificate certificate = CosineCertificate.of(
                layer.samples(), layer.classifier(), options.temperature().getAsDouble(), 0, TOLERANCE);
        return new LayerJudgement.Cosine(certificate, layer.accuracy());
    }

    /** Certifies a layer with penalties; features without negative entries are judged by what such features can attain. */
    public LastLayerCertificate certify(ProbedLayer layer) {
        Penalties.Given penalties = penalties(layer);
        return new LastLayerAnalysis(
                        new LastLayerAnalysis.Options(
                                options.loss(), penalties, options.lambdaB(), TOLERANCE, SLACK, Optional.empty()),
                        SolveListener.SILENT)
                .analyze(layer.lastLayer());
    }

    private TargetLayerCertificate certify(ProbedLayer layer, Matrix targets, TrainingLoss loss) {
        return new TargetLayerAnalysis(
                        new TargetLayerAnalysis.Options(loss, penalties(layer), options.lambdaB(), TOLERANCE))
                .analyze(new TargetLayer(
                        layer.samples(),
                        SampleTargets.of(targets),
                        layer.classifier(),
                        layer.hasBias() ? Optional.of(layer.bias()) : Optional.empty()));
    }

    /** λ_W without λ_H is a weight decay, which determines λ_H by balance. */
    private Penalties.Given penalties(ProbedLayer layer) {
        OptionalDouble lambdaH = options.lambdaHTimesSamples().isPresent()
                ? OptionalDouble.of(options.lambdaHTimesSamples().getAsDouble() / layer.labels().length)
                : OptionalDouble.empty();
        return new Penalties.Given(
                options.lambdaW(), lambdaH, lambdaH.isEmpty() ? options.lambdaW() : OptionalDouble.empty());
    }

    /** Measures NC1–NC4 of a layer, with all variants. */
    CollapseMeasurement measurement(ProbedLayer layer) {
        return new CollapseMeasurer(MeasureOptions.defaults(), MeasureListener.SILENT)
                .measure(layer.samples(), Optional.of(layer.linearClassifier()), Optional.empty());
    }

    /** Measures and certifies a layer. */
    public CollapseState measure(int epoch, ProbedLayer layer) {
        return state(epoch, measurement(layer), judge(layer));
    }

    private static CollapseState state(int epoch, CollapseMeasurement measured, LayerJudgement judged) {
        Optional<ClassifierGeometry> geometry = measured.classifier();
        return new CollapseState(
                epoch,
                judged.loss(),
                judged.accuracy(),
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
                judged.mu(),
                judged.sigmaOverMu(),
                judged.relativeGap());
    }
}
