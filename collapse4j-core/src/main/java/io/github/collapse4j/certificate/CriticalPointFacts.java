package io.github.collapse4j.certificate;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;

/**
 * The properties of critical points from docs/theory.md §3, measured at a point.
 *
 * @param objective the value f
 * @param gradientNorm ‖∇f‖ over all variables
 * @param residuals stationarity of each block
 * @param balanceResidual ‖λ_W WᵀW − λ_H HHᵀ‖_F relative to the larger of the two; 0 if both vanish
 * @param rank r, to within the noise
 * @param noise ν: adding a linear function ⟨E, WH⟩ with ‖E‖ ≤ νμ to the loss makes a point of rank r near this one
 *     critical
 * @param rowSumNorm ‖1ᵀW‖: zero for cross-entropy
 * @param biasSum 1ᵀb: zero for cross-entropy with λ_b &gt; 0
 * @param activeOverMu σ/μ of ∇g on the r active directions, descending; each is 1 at a critical point
 * @param remainingOverMu σ/μ of ∇g on the orthogonal complement, descending; these decide the verdict
 */
public record CriticalPointFacts(
        double objective,
        double gradientNorm,
        Residuals residuals,
        double balanceResidual,
        int rank,
        double noise,
        double rowSumNorm,
        double biasSum,
        double[] activeOverMu,
        double[] remainingOverMu) {
    /** Measures a point of the full or the reduced model. */
    public static CriticalPointFacts of(UfmModel model, UfmPoint point) {
        return of(model, point, NearestCritical.of(UfmModel.reduced(model.problem()), model.reduce(point)));
    }

    static CriticalPointFacts of(UfmModel model, UfmPoint point, NearestCritical nearest) {
        UfmObjective objective = model.objective();
        double[] gradient = new double[objective.dimension()];
        double value = objective.linearize(objective.toVector(point), gradient);
        UfmProblem problem = model.problem();
        return new CriticalPointFacts(
                value,
                Vectors.norm(gradient),
                Residuals.of(objective, point, gradient),
                balance(problem, point),
                nearest.rank(),
                nearest.noise(),
                rowSumNorm(point.classifier()),
                Vectors.sum(point.bias()),
                overMu(nearest.active(), problem.mu()),
                overMu(nearest.remaining(), problem.mu()));
    }

    /** σ_max(∇g)/μ. */
    public double sigmaOverMu() {
        double largest = 0;
        for (double value : activeOverMu) {
            largest = Math.max(largest, value);
        }
        return remainingOverMu.length == 0 ? largest : Math.max(largest, remainingOverMu[0]);
    }

    private static double balance(UfmProblem problem, UfmPoint point) {
        Matrix ofW = LinearAlgebra.multiply(point.classifier(), Op.TRANSPOSE, point.classifier(), Op.NONE)
                .scale(problem.lambdaW());
        Matrix ofH = LinearAlgebra.gramOfRows(point.features()).scale(problem.lambdaH());
        double size = Math.max(ofW.norm(), ofH.norm());
        return size == 0 ? 0 : ofW.add(-1, ofH).norm() / size;
    }

    private static double rowSumNorm(Matrix classifier) {
        double[] sums = new double[classifier.columns()];
        for (int j = 0; j < classifier.columns(); j++) {
            for (int k = 0; k < classifier.rows(); k++) {
                sums[j] += classifier.get(k, j);
            }
        }
        return Vectors.norm(sums);
    }

    private static double[] overMu(double[] sigma, double mu) {
        double[] result = new double[sigma.length];
        for (int i = 0; i < sigma.length; i++) {
            result[i] = sigma[i] / mu;
        }
        return result;
    }
}
