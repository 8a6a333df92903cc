package io.github.collapse4j.landscape;

import io.github.collapse4j.certificate.Assessment;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.curvature.Spectrum;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * A critical point of the reduced model, representing all its images under the model's symmetries.
 *
 * @param point the point, at the problem's feature dimension
 * @param assessment facts, certified bound and verdict
 * @param spectrum curvature of the reduced model
 * @param origin the first search that found it
 * @param timesFound number of searches that ended here
 */
public record CriticalPoint(
        UfmPoint point, Assessment assessment, Spectrum spectrum, Discovery origin, int timesFound) {
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

    /**
     * An eigenvalue of the Hessian along null W.
     *
     * @param sigmaOverMu σ/μ of the direction of ∇g that it belongs to
     */
    public record NullEigenvalue(double value, double sigmaOverMu) {}

    /**
     * The eigenvalues ½[(λ_W + λ_H) ± √((λ_W − λ_H)² + 4σ²)] along null W that docs/theory.md §4 predicts, for each
     * remaining σ; none at full rank.
     *
     * @param problem whose critical point this is
     */
    public List<NullEigenvalue> predictedAlongNull(UfmProblem problem) {
        List<NullEigenvalue> eigenvalues = new ArrayList<>();
        if (rank() >= problem.featureDimension()) {
            return eigenvalues;
        }
        double sum = problem.lambdaW() + problem.lambdaH();
        double difference = problem.lambdaW() - problem.lambdaH();
        for (double ratio : assessment.facts().remainingOverMu()) {
            double sigma = ratio * problem.mu();
            double root = Math.sqrt(difference * difference + 4 * sigma * sigma);
            eigenvalues.add(new NullEigenvalue((sum - root) / 2, ratio));
            eigenvalues.add(new NullEigenvalue((sum + root) / 2, ratio));
        }
        return eigenvalues;
    }

    public Verdict verdict() {
        return assessment.verdict();
    }

    public boolean isGlobalMinimum() {
        return verdict() instanceof Verdict.GlobalMinimum;
    }
}
