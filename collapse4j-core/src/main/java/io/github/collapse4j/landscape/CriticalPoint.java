package io.github.collapse4j.landscape;

import io.github.collapse4j.certificate.Assessment;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.curvature.Spectrum;
import io.github.collapse4j.model.UfmPoint;
import java.util.Optional;

/**
 * One critical point of the reduced model, standing for all its images under the model's symmetries.
 *
 * @param point the point, of the problem's feature dimension
 * @param assessment facts, certified bound and verdict
 * @param spectrum curvature of the reduced model
 * @param origin the first search that found it
 * @param timesFound how many searches ended here
 */
public record CriticalPoint(UfmPoint point, Assessment assessment, Spectrum spectrum, Origin origin, int timesFound) {
    /** r, the rank of W and H. */
    public int rank() {
        return assessment.facts().rank();
    }

    /** The value f. */
    public double objective() {
        return assessment.facts().objective();
    }

    /** ‖∇f‖. */
    public double gradientNorm() {
        return assessment.facts().gradientNorm();
    }

    /** σ_max(∇g)/μ. */
    public double sigmaOverMu() {
        return assessment.facts().sigmaOverMu();
    }

    /** The Morse index. */
    public int index() {
        return spectrum.index();
    }

    /** The number of zero eigenvalues. */
    public int nullity() {
        return spectrum.nullity();
    }

    /** The smallest eigenvalue. */
    public double minCurvature() {
        return spectrum.smallest();
    }

    /** The largest eigenvalue. */
    public double maxCurvature() {
        return spectrum.largest();
    }

    public Verdict verdict() {
        return assessment.verdict();
    }

    public boolean isGlobalMinimum() {
        return verdict() instanceof Verdict.GlobalMinimum;
    }

    /** A direction along which the objective falls to second order: the verdict's, empty where there is none. */
    public Optional<UfmPoint> escapeDirection() {
        if (verdict() instanceof Verdict.StrictSaddle saddle) {
            return Optional.of(saddle.direction());
        }
        return verdict() instanceof Verdict.OtherSaddle saddle ? Optional.of(saddle.direction()) : Optional.empty();
    }
}
