package io.github.collapse4j.certificate;

import io.github.collapse4j.certificate.Assessor.Options;
import io.github.collapse4j.curvature.Spectrum;
import io.github.collapse4j.curvature.SymmetryOrbit;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.optim.EuclideanProblem;
import io.github.collapse4j.optim.TrustRegionNewton;
import java.util.Optional;

/**
 * The verdict on a critical point of full rank r = d where no theorem decides: the local minimum where a descent from
 * it ends, or a saddle by its Hessian.
 */
record FullRank(Options options, OpenLandscape landscape, NearestCritical nearest) {
    /**
     * Maximum relative distance at which a local minimum is the one that a point approximates, and not merely below it.
     */
    private static final double NEARBY = 1e-2;

    /** The verdict on a point of the reduced model; empty if the noise hides it. */
    Optional<Verdict> verdict(UfmPoint point, LowerBound bound) {
        UfmProblem problem = landscape.problem();
        UfmModel reduced = UfmModel.reduced(problem);
        UfmObjective objective = reduced.objective();
        EuclideanProblem descent = new EuclideanProblem(objective, objective.toVector(point));
        TrustRegionNewton.Result end = new TrustRegionNewton(
                        TrustRegionNewton.Options.defaults().withGradientTolerance(1e-14))
                .minimize(descent);
        UfmPoint ended = objective.toPoint(descent.point());
        double distance = NearestCritical.distance(problem, ended, point);
        if (distance <= NEARBY) {
            // The remaining gradient tilts the flat directions of rotations.
            double free = SymmetryOrbit.through(reduced, ended).curvatureBound(end.gradientNorm());
            Spectrum spectrum = Spectrum.at(reduced, ended).withZeroToleranceAtLeast(free);
            if (spectrum.index() == 0) {
                return Optional.of(minimum(reduced, end.value(), distance, spectrum, bound));
            }
        }
        return NegativeCurvature.lowest(reduced, point, nearest).map(this::saddle);
    }

    private Verdict saddle(Escape escape) {
        return new Verdict.OtherSaddle(
                landscape,
                escape.direction(),
                escape.curvature(),
                Math.toIntExact(escape.indexLowerBound()),
                nearest.noise() * landscape.problem().mu());
    }

    private Verdict minimum(UfmModel reduced, double value, double distance, Spectrum spectrum, LowerBound bound) {
        double best = options.bestKnown();
        if (options.searchStarts() > 0) {
            MultiStart search = new MultiStart(options.seed());
            best = Math.min(best, search.best(reduced, options.searchStarts()).objective());
        }
        if (best < value * (1 - options.relativeGap())) {
            return new Verdict.SpuriousLocalMinimum(
                    landscape,
                    value,
                    distance,
                    best,
                    spectrum.nullity(),
                    spectrum.orbitDimension(),
                    spectrum.smallest(),
                    spectrum.smallestPositive(),
                    spectrum.zeroTolerance());
        }
        return new Verdict.LocalMinimum(
                landscape,
                value,
                distance,
                bound,
                bound.relativeGap(value),
                options.searchStarts(),
                spectrum.nullity(),
                spectrum.orbitDimension(),
                spectrum.smallest(),
                spectrum.smallestPositive(),
                spectrum.zeroTolerance());
    }
}
