package io.github.collapse4j.certificate;

import io.github.collapse4j.curvature.Spectrum;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.Optional;

/**
 * Directions of negative curvature at a point of the reduced model, larger than noise can produce (docs/theory.md §4).
 */
final class NegativeCurvature {
    private NegativeCurvature() {}

    /** Along a feature dimension that the nearest critical point does not use: r &lt; d and σ &gt; (1 + ν)μ. */
    static Optional<Escape> alongUnused(UfmModel reduced, UfmPoint point, NearestCritical nearest) {
        UfmProblem problem = reduced.problem();
        double mu = problem.mu();
        double sigma = nearest.remaining()[0];
        double noise = nearest.noise() * mu;
        if (!(sigma > mu + noise)) {
            return Optional.empty();
        }
        UfmPoint direction = direction(problem, point, nearest);
        double curvature = curvature(reduced, point, direction);
        if (!(curvature < -2 * noise)) {
            return Optional.empty();
        }
        double sum = problem.lambdaW() + problem.lambdaH();
        double difference = problem.lambdaW() - problem.lambdaH();
        long above = 0;
        for (double value : nearest.remaining()) {
            above += value > mu + noise ? 1 : 0;
        }
        return Optional.of(new Escape.UnusedDimension(
                direction,
                curvature,
                -2 * (sigma - mu),
                (sum - Math.hypot(difference, 2 * sigma)) / 2,
                above * (problem.featureDimension() - nearest.rank())));
    }

    /** Along the lowest eigenvector of the Hessian at the nearest critical point; curvatures within νμ count as zero. */
    static Optional<Escape> lowest(UfmModel reduced, UfmPoint point, NearestCritical nearest) {
        double noise = nearest.noise() * reduced.problem().mu();
        Spectrum spectrum = Spectrum.at(reduced, nearest.point()).withZeroToleranceAtLeast(noise);
        if (spectrum.index() == 0) {
            return Optional.empty();
        }
        UfmPoint direction = reduced.objective().toPoint(spectrum.lowest());
        double curvature = curvature(reduced, point, direction);
        return curvature < -spectrum.zeroTolerance()
                ? Optional.of(new Escape.Eigenvector(direction, curvature, spectrum.index()))
                : Optional.empty();
    }

    private static double curvature(UfmModel reduced, UfmPoint point, UfmPoint direction) {
        UfmObjective objective = reduced.objective();
        double[] image = objective.toVector(point);
        objective.linearize(image.clone(), image);
        double[] delta = objective.toVector(direction);
        objective.hessianVector(delta, image);
        return Vectors.dot(delta, image);
    }

    /** Δ of §4: (λ_H/λ_W)^¼ u αᵀ and −(λ_W/λ_H)^¼ α vᵀ, where α is the feature direction that W and Ĥ use least. */
    private static UfmPoint direction(UfmProblem problem, UfmPoint point, NearestCritical nearest) {
        Matrix used = LinearAlgebra.multiply(point.classifier(), Op.TRANSPOSE, point.classifier(), Op.NONE)
                .scale(problem.lambdaW())
                .add(problem.lambdaH(), LinearAlgebra.gramOfRows(point.features()));
        double[] alpha = LinearAlgebra.symmetricEigen(used).vectors().column(0);
        double ratio = Math.pow(problem.lambdaH() / problem.lambdaW(), 0.25);
        double[] u = nearest.left();
        double[] v = nearest.right();
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
}
