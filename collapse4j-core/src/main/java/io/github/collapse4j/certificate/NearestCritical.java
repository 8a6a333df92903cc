package io.github.collapse4j.certificate;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.Arrays;

/**
 * Among the points of rank r associated with a given point, the one that is critical for the smallest change of the
 * loss (docs/theory.md §4, "One noise level"): it determines rank, noise level and curvatures.
 *
 * @param point balanced factors of the best rank-r approximation of WĤ, rotated in feature space to lie closest to the
 *     given point, with the best bias for it
 * @param rank r
 * @param noise ν: adding a linear function ⟨E, WĤ⟩ with ‖E‖ ≤ νμ to the loss makes {@code point} critical
 * @param active the r singular values of ∇ĝ, at the given point, on the spans of the retained singular vectors of WĤ
 * @param remaining the singular values of ∇ĝ, at the given point, on their complements, descending
 * @param left u, the left singular vector of the largest of them
 * @param right v, its right singular vector
 */
record NearestCritical(
        UfmPoint point, int rank, double noise, double[] active, double[] remaining, double[] left, double[] right) {

    /** Computes it for a point of the reduced model. */
    static NearestCritical of(UfmModel reduced, UfmPoint point) {
        UfmProblem problem = reduced.problem();
        Matrix gradient = lossGradient(reduced, point.product(), point.bias());
        Svd product = LinearAlgebra.svd(point.product());
        double[] errors = pairErrors(product, gradient, problem.mu());
        int rank = rank(problem, product.values(), errors);

        Matrix u = columns(product.u(), rank);
        Matrix q = columns(product.v(), rank);
        double[] kept = Arrays.copyOf(product.values(), rank);
        Matrix truncated = LinearAlgebra.multiply(scaled(u, kept), Op.NONE, q, Op.TRANSPOSE);
        double[] bias = problem.bias().isPresent()
                ? BiasSolver.solve(reduced, truncated, point.bias())
                : point.bias().clone();
        double moved = lossGradient(reduced, truncated, bias).add(-1, gradient).norm();
        double roundOff = DualBound.entryError(problem.classes()) * gradient.norm();
        double noise = (Vectors.norm(Arrays.copyOf(errors, rank)) + moved + roundOff) / problem.mu();

        Matrix onU = LinearAlgebra.multiply(u, Op.TRANSPOSE, gradient, Op.NONE);
        Matrix rest = gradient.copy();
        LinearAlgebra.multiply(-1, u, Op.NONE, onU, Op.NONE, 1, rest);
        Matrix onQ = LinearAlgebra.multiply(rest, q);
        LinearAlgebra.multiply(-1, onQ, Op.NONE, q, Op.TRANSPOSE, 1, rest);
        Svd complement = LinearAlgebra.svd(rest);
        return new NearestCritical(
                factors(problem, point, u, q, kept, bias),
                rank,
                noise,
                LinearAlgebra.svd(LinearAlgebra.multiply(onU, q)).values(),
                Arrays.copyOf(complement.values(), problem.classes() - rank),
                complement.u().column(0),
                complement.v().column(0));
    }

    /** The residuals of the equations of §3 for each pair (u, q) of WĤ: √(‖∇ĝq + μu‖² + ‖∇ĝᵀu + μq‖²). */
    private static double[] pairErrors(Svd product, Matrix gradient, double mu) {
        Matrix right = LinearAlgebra.multiply(gradient, product.v()).add(mu, product.u());
        Matrix left = LinearAlgebra.multiply(gradient, Op.TRANSPOSE, product.u(), Op.NONE)
                .add(mu, product.v());
        double[] errors = new double[product.values().length];
        for (int j = 0; j < errors.length; j++) {
            errors[j] = Math.hypot(Vectors.norm(right.column(j)), Vectors.norm(left.column(j)));
        }
        return errors;
    }

    /** The r of least noise: a retained pair costs its error, a dropped one the change of ∇ĝ due to its value. */
    private static int rank(UfmProblem problem, double[] values, double[] errors) {
        // No residual moves faster than its logits, and for cross-entropy at most half as fast; the weights make that
        // 1/N.
        double lipschitz =
                (problem.loss().isShiftInvariant() ? 0.5 : 1) / problem.counts().samples();
        double[] dropped = new double[values.length + 1];
        for (int j = values.length - 1; j >= 0; j--) {
            dropped[j] = Math.hypot(dropped[j + 1], values[j]);
        }
        int most = Math.min(problem.featureDimension(), problem.maximalRank());
        double least = lipschitz * dropped[0];
        double error = 0;
        int best = 0;
        for (int r = 1; r <= Math.min(most, values.length); r++) {
            error = Math.hypot(error, errors[r - 1]);
            double cost = error + lipschitz * dropped[r];
            if (cost < least) {
                least = cost;
                best = r;
            }
        }
        return best;
    }

    /** ∇ĝ at a product WĤ. */
    private static Matrix lossGradient(UfmModel reduced, Matrix product, double[] bias) {
        Matrix residual = Matrix.zeros(product.rows(), product.columns());
        reduced.dataTerm().evaluate(reduced.logits(product, bias), residual);
        for (int j = 0; j < residual.columns(); j++) {
            double factor = reduced.dataTerm().weight(j) * reduced.scale(j);
            for (int k = 0; k < residual.rows(); k++) {
                residual.set(k, j, factor * residual.get(k, j));
            }
        }
        return residual;
    }

    /**
     * W = ρ·U√Σ·Vᵀ and Ĥ = ρ⁻¹·V√Σ·Qᵀ with ρ = (λ_H/λ_W)^¼ and the V with orthonormal columns that moves the point
     * least.
     */
    private static UfmPoint factors(
            UfmProblem problem, UfmPoint point, Matrix u, Matrix q, double[] values, double[] bias) {
        double ratio = Math.pow(problem.lambdaH() / problem.lambdaW(), 0.25);
        double[] roots = new double[values.length];
        for (int j = 0; j < roots.length; j++) {
            roots[j] = Math.sqrt(values[j]);
        }
        Matrix us = scaled(u, roots);
        Matrix qs = scaled(q, roots);
        Matrix towards = LinearAlgebra.multiply(point.classifier(), Op.TRANSPOSE, us, Op.NONE)
                .scale(1 / ratio)
                .add(ratio, LinearAlgebra.multiply(point.features(), qs));
        Svd polar = LinearAlgebra.svd(towards);
        Matrix v = LinearAlgebra.multiply(polar.u(), Op.NONE, polar.v(), Op.TRANSPOSE);
        return new UfmPoint(
                LinearAlgebra.multiply(us, Op.NONE, v, Op.TRANSPOSE).scale(ratio),
                LinearAlgebra.multiply(v, Op.NONE, qs, Op.TRANSPOSE).scale(1 / ratio),
                bias);
    }

    private static Matrix columns(Matrix matrix, int count) {
        return Matrix.wrap(matrix.rows(), count, Arrays.copyOf(matrix.data(), matrix.rows() * count));
    }

    private static Matrix scaled(Matrix columns, double[] factors) {
        Matrix result = columns.copy();
        for (int j = 0; j < factors.length; j++) {
            for (int i = 0; i < result.rows(); i++) {
                result.set(i, j, factors[j] * result.get(i, j));
            }
        }
        return result;
    }

    /** The relative distance of {@code point} from another one, both with W and Ĥ in balanced units. */
    static double distance(UfmProblem problem, UfmPoint from, UfmPoint to) {
        double ratio = Math.sqrt(problem.lambdaW() / problem.lambdaH());
        double moved = 0;
        double size = 0;
        moved += ratio * squaredDistance(from.classifier(), to.classifier());
        moved += squaredDistance(from.features(), to.features()) / ratio;
        size += ratio * to.classifier().dot(to.classifier());
        size += to.features().dot(to.features()) / ratio;
        return moved == 0 ? 0 : Math.sqrt(moved / size);
    }

    private static double squaredDistance(Matrix a, Matrix b) {
        Matrix difference = a.copy().add(-1, b);
        return Vectors.dot(difference.data(), difference.data());
    }
}
