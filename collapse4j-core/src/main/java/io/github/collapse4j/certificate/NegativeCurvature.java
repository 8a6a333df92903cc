package io.github.collapse4j.certificate;

import io.github.collapse4j.curvature.Spectrum;
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
        UfmPoint direction = RankDeficientSaddle.direction(
                point, nearest.left(), nearest.right(), problem.lambdaW(), problem.lambdaH());
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
}
