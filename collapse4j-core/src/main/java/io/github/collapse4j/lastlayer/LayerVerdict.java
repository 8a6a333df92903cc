package io.github.collapse4j.lastlayer;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Reason;
import io.github.collapse4j.certificate.Residuals;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;

/** What a last layer is as a point of the model (docs/theory.md §8). */
final class LayerVerdict {
    private LayerVerdict() {}

    /** The verdict where a penalty is not positive, so that there is no model. */
    static Verdict withoutModel(ImpliedPenalty implied) {
        double mu = implied.mu();
        if (!Double.isFinite(mu) || !Double.isFinite(implied.lambdaW()) || !Double.isFinite(implied.lambdaH())) {
            return new Verdict.Undecided(new Reason.NotFinite("the implied penalty"));
        }
        return mu < 0
                ? new Verdict.Undecided(new Reason.OtherSamples(-implied.lambdaW(), mu))
                : new Verdict.Undecided(new Reason.NoPenalty("⟨∇g, WH⟩ is zero"));
    }

    /** The verdict within the model. */
    static Verdict within(
            UfmModel reduced,
            UfmPoint means,
            Residuals residuals,
            double objective,
            LowerBound bound,
            double tolerance) {
        double gap = bound.relativeGap(objective);
        if (gap <= tolerance) {
            return new Verdict.GlobalMinimum(objective, bound, gap, tolerance);
        }
        if (!(residuals.largest() <= tolerance)) {
            return new Verdict.NotCritical(residuals, gap, tolerance);
        }
        // A stationary layer has class-constant features to within its residual, so its class means decide.
        return new Assessor(Assessor.Options.defaults().withResidual(10 * tolerance))
                .assess(reduced, means)
                .verdict();
    }
}
