package io.github.collapse4j.lastlayer;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Reason;
import io.github.collapse4j.certificate.Residuals;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import java.util.Optional;
import java.util.function.Supplier;

/** The verdict on a last layer as a point of the model (docs/theory.md §8). */
final class LayerVerdict {
    /**
     * Maximum number of variables for which the Hessian at a stationary layer is examined; with more it would take
     * minutes.
     */
    private static final int ASSESSABLE = 20_000;

    private LayerVerdict() {}

    /**
     * Why no model fits a layer; empty if one does.
     *
     * @param objective f at the layer with the penalties used
     */
    static Optional<Reason> noModel(
            LastLayer layer, LastLayerPass pass, double lambdaW, double lambdaH, double objective) {
        if (!Double.isFinite(pass.loss())) {
            return Optional.of(new Reason.NotFinite("the loss"));
        }
        if (!Double.isFinite(pass.featureNorm())) {
            return Optional.of(new Reason.NotFinite("the norm of the features"));
        }
        if (lambdaW > 0 && lambdaH > 0) {
            boolean finite = Double.isFinite(lambdaW) && Double.isFinite(lambdaH);
            return Double.isFinite(objective)
                    ? Optional.empty()
                    : Optional.of(new Reason.NotFinite(finite ? "the objective" : "a penalty"));
        }
        double normW = layer.classifier().norm();
        double inner = pass.gradientTimesFeatures().dot(layer.classifier());
        if (inner > 0) {
            double mu = ImpliedPenalty.of(inner, normW, pass.featureNorm()).mu();
            return Optional.of(
                    Double.isFinite(inner) && Double.isFinite(mu)
                            ? new Reason.OtherSamples(inner, mu)
                            : new Reason.NotFinite("a penalty"));
        }
        return Optional.of(inner == 0 ? new Reason.NoPenalty(zero(layer, pass)) : new Reason.NotFinite("a penalty"));
    }

    private static String zero(LastLayer layer, LastLayerPass pass) {
        if (layer.classifier().norm() == 0) {
            return "the weights are zero";
        }
        if (pass.featureNorm() == 0) {
            return "the features are zero";
        }
        return pass.sigmaMax() == 0 ? "the gradient of the loss is zero" : "⟨∇g, WH⟩ is zero";
    }

    /** The verdict within the model, whose features are non-negative if it has such an optimum. */
    static Verdict within(
            UfmModel reduced,
            Supplier<UfmPoint> means,
            Residuals residuals,
            double objective,
            LowerBound bound,
            double tolerance,
            Optional<NonnegativeOptimum> nonnegative) {
        double gap = Math.max(0, bound.relativeGap(objective));
        if (gap <= tolerance) {
            return new Verdict.GlobalMinimum(objective, bound, gap, tolerance);
        }
        if (!(residuals.largest() <= tolerance)) {
            return new Verdict.NotCritical(residuals, gap, tolerance);
        }
        if (reduced.dimension() > ASSESSABLE) {
            return new Verdict.Undecided(new Reason.GapRemains(gap, tolerance));
        }
        if (nonnegative.isPresent()) {
            return NonnegativeLayer.verdict(reduced, means.get(), nonnegative.get(), tolerance);
        }
        // A stationary layer has class-constant features up to its residual, so its class means decide.
        return new Assessor(
                        Assessor.Options.defaults().withResidual(10 * tolerance).withSearchStarts(0))
                .assess(reduced, means.get())
                .verdict();
    }
}
