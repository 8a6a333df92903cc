package io.github.collapse4j.certificate;

import io.github.collapse4j.landscape.MultiStart;
import io.github.collapse4j.landscape.Spectrum;
import io.github.collapse4j.landscape.SymmetryOrbit;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.SymmetricEigen;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.util.Optional;

/** Decides what a point is (docs/theory.md §4): first by the certificate, then by rank, last by the reduced Hessian. */
public final class Assessor {
    private final Options options;

    public Assessor(Options options) {
        this.options = options;
    }

    /**
     * Tolerances.
     *
     * @param relativeGap certified gap up to which a point is a global minimum
     * @param residual {@link Residuals#largest()} up to which a point is critical
     * @param sigmaExcess excess of σ_max/μ over 1 that makes a rank-deficient critical point a strict saddle
     * @param searchStarts random starts that look for a lower point before a local minimum is called spurious or not
     * @param seed of those starts
     * @param bestKnown a value that some point of the problem is known to have; infinite if none is known
     */
    public record Options(
            double relativeGap, double residual, double sigmaExcess, int searchStarts, long seed, double bestKnown) {
        /** Gap 1e-8, residual 1e-6, excess 1e-6, 24 starts, seed 0. */
        public static Options defaults() {
            return new Options(1e-8, 1e-6, 1e-6, 24, 0, Double.POSITIVE_INFINITY);
        }

        public Options withResidual(double tolerance) {
            return new Options(relativeGap, tolerance, sigmaExcess, searchStarts, seed, bestKnown);
        }

        public Options withSearchStarts(int starts) {
            return new Options(relativeGap, residual, sigmaExcess, starts, seed, bestKnown);
        }

        public Options withBestKnown(double value) {
            return new Options(relativeGap, residual, sigmaExcess, searchStarts, seed, value);
        }
    }

    /** Assesses a point of the full or the reduced model. */
    public Assessment assess(UfmModel model, UfmPoint point) {
        CriticalPointFacts facts = CriticalPointFacts.of(model, point);
        LowerBound bound = DualBound.of(model, point, facts.objective());
        return new Assessment(facts, bound, verdict(model, point, facts, bound));
    }

    private Verdict verdict(UfmModel model, UfmPoint point, CriticalPointFacts facts, LowerBound bound) {
        double gap = bound.relativeGap(facts.objective());
        if (gap <= options.relativeGap()) {
            return new Verdict.GlobalMinimum(facts.objective(), bound, gap, options.relativeGap());
        }
        if (!(facts.residuals().largest() <= options.residual())) {
            return new Verdict.NotCritical(facts.residuals(), gap, options.residual());
        }
        boolean exceeds = facts.remainingOverMu().length > 0 && facts.remainingOverMu()[0] > 1 + options.sigmaExcess();
        if (facts.rank() < model.problem().featureDimension() && exceeds) {
            return strictSaddle(model, point, facts);
        }
        return byHessian(model, point, facts, bound, gap);
    }

    private Verdict strictSaddle(UfmModel model, UfmPoint point, CriticalPointFacts facts) {
        UfmProblem problem = model.problem();
        UfmObjective objective = model.objective();
        double[] vector = objective.toVector(point);
        double[] image = new double[vector.length];
        objective.linearize(vector, image);
        UfmPoint direction = escapeDirection(problem, point, objective.lossGradient());
        double[] delta = objective.toVector(direction);
        objective.hessianVector(delta, image);

        double sigma = facts.remainingOverMu()[0] * problem.mu();
        double sum = problem.lambdaW() + problem.lambdaH();
        double difference = problem.lambdaW() - problem.lambdaH();
        long above = 0;
        for (double ratio : facts.remainingOverMu()) {
            above += ratio > 1 + options.sigmaExcess() ? 1 : 0;
        }
        int d = problem.featureDimension();
        return new Verdict.StrictSaddle(
                new Escape.UnusedDimension(
                        direction,
                        Vectors.dot(delta, image),
                        -2 * (sigma - problem.mu()),
                        (sum - Math.sqrt(difference * difference + 4 * sigma * sigma)) / 2,
                        above * (d - facts.rank())),
                facts.rank(),
                d,
                facts.sigmaOverMu(),
                options.sigmaExcess());
    }

    /** Δ of §4: (λ_H/λ_W)^¼ u αᵀ and −(λ_W/λ_H)^¼ α vᵀ, with Wα = 0 and (u, v) the top singular pair of ∇g. */
    private static UfmPoint escapeDirection(UfmProblem problem, UfmPoint point, Matrix gradient) {
        SymmetricEigen left = LinearAlgebra.symmetricEigen(LinearAlgebra.gramOfRows(gradient));
        double[] u = left.vectors().column(gradient.rows() - 1);
        Matrix v = LinearAlgebra.multiply(Matrix.wrap(1, u.length, u), gradient);
        v.scale(1 / v.norm());
        Matrix used = LinearAlgebra.multiply(point.classifier(), Op.TRANSPOSE, point.classifier(), Op.NONE)
                .scale(problem.lambdaW())
                .add(problem.lambdaH(), LinearAlgebra.gramOfRows(point.features()));
        double[] alpha = LinearAlgebra.symmetricEigen(used).vectors().column(0);
        double ratio = Math.pow(problem.lambdaH() / problem.lambdaW(), 0.25);
        Matrix deltaW = Matrix.zeros(u.length, alpha.length);
        Matrix deltaH = Matrix.zeros(alpha.length, gradient.columns());
        for (int a = 0; a < alpha.length; a++) {
            for (int k = 0; k < u.length; k++) {
                deltaW.set(k, a, ratio * u[k] * alpha[a]);
            }
            for (int j = 0; j < gradient.columns(); j++) {
                deltaH.set(a, j, -alpha[a] * v.data()[j] / ratio);
            }
        }
        return new UfmPoint(deltaW, deltaH, new double[u.length]);
    }

    private Verdict byHessian(UfmModel model, UfmPoint point, CriticalPointFacts facts, LowerBound bound, double gap) {
        UfmProblem problem = model.problem();
        UfmModel reduced = UfmModel.reduced(problem);
        UfmPoint means = model.reduce(point);
        // Where a loose tolerance lets a gradient pass, rotations are not quite free and must not look like a saddle.
        double free = SymmetryOrbit.through(reduced, means)
                .curvatureBound(CriticalPointFacts.of(reduced, means).gradientNorm());
        Spectrum spectrum = Spectrum.at(reduced, means).withZeroToleranceAtLeast(free);
        Optional<OpenLandscape> landscape = OpenLandscape.of(problem);
        if (landscape.isEmpty()) {
            return spectrum.index() > 0
                    ? new Verdict.StrictSaddle(
                            new Escape.Eigenvector(
                                    model.expand(reduced.objective().toPoint(spectrum.lowest())),
                                    spectrum.smallest(),
                                    spectrum.index()),
                            facts.rank(),
                            problem.featureDimension(),
                            facts.sigmaOverMu(),
                            spectrum.zeroTolerance() / problem.mu())
                    : new Verdict.Undecided(
                            new Reason.WithinNoise(gap, facts.residuals().largest()));
        }
        OpenLandscape open = landscape.orElseThrow();
        if (spectrum.index() > 0) {
            return new Verdict.OtherSaddle(
                    open,
                    reduced.objective().toPoint(spectrum.lowest()),
                    spectrum.smallest(),
                    spectrum.index(),
                    spectrum.zeroTolerance());
        }
        double best = options.bestKnown();
        if (options.searchStarts() > 0) {
            MultiStart search = new MultiStart(options.seed());
            best = Math.min(best, search.best(reduced, options.searchStarts()).objective());
        }
        if (best < facts.objective() * (1 - options.relativeGap())) {
            return new Verdict.SpuriousLocalMinimum(
                    open,
                    facts.objective(),
                    best,
                    spectrum.nullity(),
                    spectrum.orbitDimension(),
                    spectrum.smallest(),
                    spectrum.smallestPositive(),
                    spectrum.zeroTolerance());
        }
        return new Verdict.LocalMinimum(
                open,
                facts.objective(),
                bound,
                gap,
                options.searchStarts(),
                spectrum.nullity(),
                spectrum.orbitDimension(),
                spectrum.smallest(),
                spectrum.smallestPositive(),
                spectrum.zeroTolerance());
    }
}
