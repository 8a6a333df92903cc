package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.solve.SolveListener;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Makes the three statements of a {@link LayerAssessment} in one pass over the samples. Another is made for the raw layer and for
 * the layer as the head sees it where digits would cancel, as near an optimum, and a few to solve for the best head. Samples that
 * can be read only once get the statements that one pass allows.
 */
public final class LayerAssessor {
    private final LastLayerAnalysis.Options options;
    private final SolveListener listener;
    private final Retraining retraining;

    public LayerAssessor(LastLayerAnalysis.Options options, Retraining retraining, SolveListener listener) {
        this.options = options;
        this.retraining = retraining;
        this.listener = listener;
    }

    /** Whether to solve for the best head for the given features. */
    public enum Retraining {
        /** If a pass takes less than about a second: N·K·d is at most 2·10⁹. */
        IF_CHEAP,
        ALWAYS;

        private static final double CHEAP = 2e9;

        private boolean allows(LastLayer layer, LastLayerPass pass) {
            double work = (double) pass.counts().samples() * layer.classifier().data().length;
            return layer.samples().isRereadable() && (this == ALWAYS || work <= CHEAP);
        }
    }

    /**
     * Assesses a layer.
     *
     * @throws EmptyClassException if one of its classes has no sample
     */
    public LayerAssessment assess(PresentClasses present) {
        LastLayer layer = present.layer();
        LogitProjection kept = options.loss().isShiftInvariant()
                ? LogitProjection.ofCentredLogits(layer.classifier())
                : LogitProjection.ofLogits(layer.classifier());
        LastLayerPass pass = LastLayerPass.over(layer, options.loss(), Optional.of(kept));
        LastLayerCertificate raw = new LastLayerAnalysis(options, listener).analyze(layer, pass);
        return new LayerAssessment(present, head(layer, pass, raw), seen(layer, kept, pass), raw, pass.isNonnegative());
    }

    private Optional<HeadStatement> head(LastLayer layer, LastLayerPass pass, LastLayerCertificate raw) {
        Penalties.Given given = options.penalties();
        OptionalDouble known = given.weightDecay().isPresent() ? given.weightDecay() : given.lambdaW();
        double lambdaW = known.orElse(raw.implied().lambdaW());
        // weight decay of a training is that of all parameters
        boolean isAssumed = layer.hasBias()
                && !(options.lambdaB() > 0)
                && given.weightDecay().isEmpty();
        double lambdaB = options.lambdaB() > 0 ? options.lambdaB() : lambdaW;
        double squares = layer.classifier().dot(layer.classifier())
                + Vectors.dot(layer.bias(), layer.bias())
                + pass.gradientTimesFeatures().dot(pass.gradientTimesFeatures());
        boolean finite = Double.isFinite(lambdaW) && Double.isFinite(pass.loss()) && Double.isFinite(squares);
        return lambdaW > 0 && finite
                ? Optional.of(HeadProblem.statement(
                        layer, options.loss(), pass, lambdaW, lambdaB, isAssumed, retraining.allows(layer, pass)))
                : Optional.empty();
    }

    private Optional<LayerAssessment.Seen> seen(LastLayer layer, LogitProjection kept, LastLayerPass pass) {
        if (kept.featureDimension() == 0 || !layer.samples().isRereadable() || !Double.isFinite(pass.featureNorm())) {
            return Optional.empty();
        }
        boolean isCentred = layer.hasBias() && options.lambdaB() == 0;
        double[] origin = isCentred
                ? FeatureShares.mean(pass.classMeans(), pass.counts())
                : new double[layer.classifier().columns()];
        HeadView view = new HeadView(kept.projection(), origin, layer.classes());
        double[] bias = shiftedBias(layer, origin, isCentred && options.loss().isShiftInvariant());
        LastLayer projected = new LastLayer(layer.samples().mapped(view), kept.classifier(), bias, layer.hasBias());
        LastLayerPass ofProjected = pass.seenThrough(view, layer, kept.classifier())
                .orElseGet(() -> LastLayerPass.over(projected, options.loss()));
        // A large enough offset, which nothing penalises here, makes any features non-negative.
        LastLayerCertificate certificate = new LastLayerAnalysis(options.ofFreeFeatures(), listener)
                .analyze(projected, ofProjected, kept.singularValues());
        return Optional.of(new LayerAssessment.Seen(
                isCentred,
                kept.classifier(),
                ofProjected.classMeans(),
                FeatureShares.of(pass, ofProjected),
                certificate));
    }

    /** The bias plus the logits of the origin, centred if the loss does not notice. */
    private static double[] shiftedBias(LastLayer layer, double[] origin, boolean centre) {
        Matrix shift = LinearAlgebra.multiply(
                layer.classifier(), Op.NONE, Matrix.wrap(origin.length, 1, origin.clone()), Op.NONE);
        double[] bias = layer.bias().clone();
        Vectors.add(1, shift.data(), bias);
        double mean = centre ? Vectors.sum(bias) / bias.length : 0;
        return Arrays.stream(bias).map(entry -> entry - mean).toArray();
    }
}
