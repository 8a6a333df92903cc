package io.github.collapse4j.certificate;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;

/**
 * What docs/theory.md §3 says of every critical point, measured at a point.
 *
 * @param objective the value f
 * @param gradientNorm ‖∇f‖ over all variables
 * @param residuals stationarity of each block
 * @param balanceResidual ‖λ_W WᵀW − λ_H HHᵀ‖_F relative to the larger of the two; 0 where both vanish
 * @param rank r: singular values of W above {@code rankTolerance} times the largest (or times the model's unit
 *     (λ_H/λ_W)^¼, if that is larger)
 * @param rankTolerance the tolerance used
 * @param rowSumNorm ‖1ᵀW‖: zero for cross-entropy
 * @param biasSum 1ᵀb: zero for cross-entropy with λ_b &gt; 0
 * @param activeOverMu σ/μ of ∇g on the r active directions, each 1 at a critical point, descending
 * @param remainingOverMu σ/μ of ∇g on the orthogonal complement, descending: they decide everything
 */
public record CriticalPointFacts(
        double objective,
        double gradientNorm,
        Residuals residuals,
        double balanceResidual,
        int rank,
        double rankTolerance,
        double rowSumNorm,
        double biasSum,
        double[] activeOverMu,
        double[] remainingOverMu) {
    private static final double RANK_TOLERANCE = 1e-6;

    /** Measures a point of the full or of the reduced model. */
    public static CriticalPointFacts of(UfmModel model, UfmPoint point) {
        UfmObjective objective = model.objective();
        double[] gradient = new double[objective.dimension()];
        double value = objective.linearize(objective.toVector(point), gradient);
        UfmProblem problem = model.problem();
        Matrix lossGradient = objective.lossGradient().copy();

        Svd svd = LinearAlgebra.svd(point.classifier());
        double unit = Math.pow(problem.lambdaH() / problem.lambdaW(), 0.25);
        double threshold = RANK_TOLERANCE * Math.max(unit, svd.values()[0]);
        int rank = 0;
        while (rank < svd.values().length && svd.values()[rank] > threshold) {
            rank++;
        }
        Complement complement = Complement.of(lossGradient, svd, rank, point.features());
        return new CriticalPointFacts(
                value,
                Vectors.norm(gradient),
                Residuals.of(problem, objective, point, gradient),
                balance(problem, point),
                rank,
                RANK_TOLERANCE,
                rowSumNorm(point.classifier()),
                Vectors.sum(point.bias()),
                overMu(complement.active(), problem.mu()),
                overMu(complement.remaining(), problem.mu()));
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

    /**
     * Singular values of ∇g on the spans of the singular vectors of W and H (active) and on their complements, from the
     * K×K Gram matrices, or by a singular value decomposition where the point is no wider than that.
     */
    private record Complement(double[] active, double[] remaining) {
        static Complement of(Matrix gradient, Svd classifier, int rank, Matrix features) {
            int rows = gradient.rows();
            Matrix u = Matrix.zeros(rows, rank);
            System.arraycopy(classifier.u().data(), 0, u.data(), 0, rows * rank);
            Matrix rightSpan = LinearAlgebra.multiply(classifier.v(), Op.TRANSPOSE, features, Op.NONE);
            Matrix q = orthonormalRows(rightSpan, rank);

            Matrix onU = LinearAlgebra.multiply(u, Op.TRANSPOSE, gradient, Op.NONE);
            double[] active = singularValues(LinearAlgebra.multiply(onU, Op.NONE, q, Op.TRANSPOSE), rank);

            Matrix rest = gradient.copy();
            LinearAlgebra.multiply(-1, u, Op.NONE, onU, Op.NONE, 1, rest);
            Matrix onQ = LinearAlgebra.multiply(rest, Op.NONE, q, Op.TRANSPOSE);
            LinearAlgebra.multiply(-1, onQ, Op.NONE, q, Op.NONE, 1, rest);
            int remaining = Math.min(gradient.rows(), gradient.columns()) - rank;
            return new Complement(active, singularValues(rest, remaining));
        }

        /** Orthonormal rows that span the first {@code rank} rows of a matrix. */
        private static Matrix orthonormalRows(Matrix matrix, int rank) {
            Matrix head = Matrix.zeros(rank, matrix.columns());
            for (int j = 0; j < matrix.columns(); j++) {
                for (int i = 0; i < rank; i++) {
                    head.set(i, j, matrix.get(i, j));
                }
            }
            return LinearAlgebra.svd(head).v().transpose();
        }

        private static double[] singularValues(Matrix matrix, int count) {
            double[] all;
            if (matrix.columns() <= 2 * matrix.rows()) {
                all = LinearAlgebra.svd(matrix).values();
            } else {
                SymmetricEigen eigen = LinearAlgebra.symmetricEigen(LinearAlgebra.gramOfRows(matrix));
                int n = eigen.values().length;
                all = new double[n];
                for (int i = 0; i < n; i++) {
                    all[i] = Math.sqrt(Math.max(0, eigen.values()[n - 1 - i]));
                }
            }
            return java.util.Arrays.copyOf(all, Math.min(count, all.length));
        }
    }
}
