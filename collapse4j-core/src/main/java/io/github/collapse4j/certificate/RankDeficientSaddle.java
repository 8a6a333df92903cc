package io.github.collapse4j.certificate;

import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Svd;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.model.UfmPoint;
import java.util.Optional;

/**
 * The part of the dichotomy that needs no convexity (docs/theory.md §4, "Other losses"): a point whose factors leave a
 * feature dimension unused, for <em>any</em> differentiable loss g of the logits, such as focal loss. If
 * {@code σ = σ_max(∇g)} exceeds μ, {@code f(x + tΔ) = f(x) − t²(σ − μ) + o(t²)}; a critical point is then a strict
 * saddle. If it does not, nothing follows without convexity: there may be lower points.
 *
 * @param direction Δ = (Δ_W, Δ_H, 0), {@code ‖Δ‖² = √(λ_H/λ_W) + √(λ_W/λ_H)}
 * @param sigma σ
 * @param curvature −2(σ − μ), the second derivative along Δ
 */
public record RankDeficientSaddle(UfmPoint direction, double sigma, double curvature) {
    /** Largest share of a used dimension's squares that counts as unused: round-off of a Gram matrix. */
    private static final double UNUSED = 1e-14;

    /**
     * The direction of a point; empty if its factors use every feature dimension, or σ ≤ μ.
     *
     * @param point W {@code K×d}, H {@code d×N} (or Ĥ {@code d×M} with the gradient by WĤ) and the bias, which is not
     *     used
     * @param gradient ∇g by WH at the point, {@code K×N}
     * @param lambdaW λ_W &gt; 0
     * @param lambdaH λ_H &gt; 0
     */
    public static Optional<RankDeficientSaddle> at(UfmPoint point, Matrix gradient, double lambdaW, double lambdaH) {
        requireShape(point, gradient);
        requirePositive("lambdaW", lambdaW);
        requirePositive("lambdaH", lambdaH);
        SymmetricEigen used = use(point, lambdaW, lambdaH);
        double[] squares = used.values();
        if (!(squares[0] <= UNUSED * squares[squares.length - 1])) {
            return Optional.empty();
        }
        Svd svd = LinearAlgebra.svd(gradient);
        double sigma = svd.values()[0];
        double mu = Math.sqrt(lambdaW) * Math.sqrt(lambdaH);
        return sigma > mu
                ? Optional.of(new RankDeficientSaddle(
                        direction(used, svd.u().column(0), svd.v().column(0), lambdaW, lambdaH),
                        sigma,
                        -2 * (sigma - mu)))
                : Optional.empty();
    }

    /** Δ of §4: (λ_H/λ_W)^¼ u αᵀ and −(λ_W/λ_H)^¼ α vᵀ, where α is the feature direction that W and H use least. */
    static UfmPoint direction(UfmPoint point, double[] u, double[] v, double lambdaW, double lambdaH) {
        return direction(use(point, lambdaW, lambdaH), u, v, lambdaW, lambdaH);
    }

    /** How much W and H use each feature direction: λ_W WᵀW + λ_H HHᵀ. */
    private static SymmetricEigen use(UfmPoint point, double lambdaW, double lambdaH) {
        return LinearAlgebra.symmetricEigen(
                LinearAlgebra.multiply(point.classifier(), Op.TRANSPOSE, point.classifier(), Op.NONE)
                        .scale(lambdaW)
                        .add(lambdaH, LinearAlgebra.gramOfRows(point.features())));
    }

    private static UfmPoint direction(SymmetricEigen used, double[] u, double[] v, double lambdaW, double lambdaH) {
        double[] alpha = used.vectors().column(0);
        double ratio = Math.pow(lambdaH / lambdaW, 0.25);
        Matrix deltaW = Matrix.zeros(u.length, alpha.length);
        Matrix deltaH = Matrix.zeros(alpha.length, v.length);
        for (int a = 0; a < alpha.length; a++) {
            for (int k = 0; k < u.length; k++) {
                deltaW.set(k, a, ratio * u[k] * alpha[a]);
            }
            for (int j = 0; j < v.length; j++) {
                deltaH.set(a, j, -alpha[a] * v[j] / ratio);
            }
        }
        return new UfmPoint(deltaW, deltaH, new double[u.length]);
    }

    private static void requireShape(UfmPoint point, Matrix gradient) {
        int rows = point.classifier().rows();
        int columns = point.features().columns();
        if (gradient.rows() != rows || gradient.columns() != columns) {
            throw new IllegalArgumentException("gradient: expected " + rows + "×" + columns + " as WH has, found "
                    + gradient.rows() + "×" + gradient.columns());
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + ": expected a finite number above 0, found " + value);
        }
    }
}
