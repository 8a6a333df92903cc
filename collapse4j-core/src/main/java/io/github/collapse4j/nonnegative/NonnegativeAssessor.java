package io.github.collapse4j.nonnegative;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Reason;
import io.github.collapse4j.certificate.Residuals;
import io.github.collapse4j.certificate.SquaredErrorBound;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.SolveOptions;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Determines the verdict on a point with non-negative features (docs/theory.md §14): by the polar, then by its dead
 * units, which no local minimum has unless it is global, last by the Hessian on the face of H ≥ 0 that the point is in.
 */
public final class NonnegativeAssessor {
    /** Norm of a unit, relative to the largest, below which it is dead to within a residual of the same size. */
    private static final double DEAD = 1e-6;

    /** Excess of γ₊/μ over 1, per unit of residual, that is not noise. */
    private static final double EXCESS = 10;

    private static final double ROUND_OFF = 1e-9;

    private final Assessor.Options options;

    public NonnegativeAssessor(Assessor.Options options) {
        this.options = options;
    }

    /**
     * Assesses a point of the full or the reduced model by its own bound.
     *
     * @throws IllegalArgumentException if a feature is negative
     */
    public NonnegativeAssessment assess(UfmModel model, UfmPoint point) {
        return assess(model, point, LowerBound.NONE);
    }

    /**
     * Assesses a point of the full or the reduced model.
     *
     * @param known a bound on the minimum over all H ≥ 0 certified elsewhere; the higher one counts
     * @throws IllegalArgumentException if a feature is negative
     */
    public NonnegativeAssessment assess(UfmModel model, UfmPoint point, LowerBound known) {
        requireNonnegative(point.features());
        UfmModel reduced = UfmModel.reduced(model.problem());
        UfmPoint means = model.reduce(point);
        double objective = model.value(point);
        LowerBound own =
                SquaredErrorBound.tighten(model.problem(), NonnegativeBound.of(reduced, means, reduced.value(means)));
        LowerBound bound = known.value() > own.value() ? known : own;
        Residuals residuals = residuals(model, point);
        Polar polar = polar(reduced, means);
        double gap = bound.relativeGap(objective);
        int[] surviving = FoundUnits.surviving(means);
        int[] dead = IntStream.range(0, means.features().columns())
                .filter(k -> Arrays.binarySearch(surviving, k) < 0)
                .toArray();
        double gauge = polar.lower() / model.problem().mu();
        return new NonnegativeAssessment(
                objective,
                residuals,
                bound,
                dead,
                gauge,
                verdict(reduced, means, objective, bound, gap, residuals, polar));
    }

    private Verdict verdict(
            UfmModel reduced,
            UfmPoint means,
            double objective,
            LowerBound bound,
            double gap,
            Residuals residuals,
            Polar polar) {
        if (gap <= options.relativeGap()) {
            return new Verdict.GlobalMinimum(objective, bound, gap, options.relativeGap());
        }
        if (!(residuals.largest() <= options.residual())) {
            return new Verdict.NotCritical(residuals, gap, options.residual());
        }
        double noise = Math.max(residuals.largest(), ROUND_OFF);
        double mu = reduced.problem().mu();
        if (!(polar.lower() > mu * (1 + EXCESS * noise))) {
            return new Verdict.Undecided(new Reason.WithinNoise(gap, noise));
        }
        Optional<Verdict> dead = deadUnit(reduced.problem(), means, polar);
        return dead.orElseGet(() -> new FaceVerdict(reduced, means, noise)
                .verdict(objective, bound, () -> better(reduced.problem()))
                .orElseGet(() -> new Verdict.Undecided(new Reason.WithinNoise(gap, noise))));
    }

    /** The lowest value known for the problem. */
    private double better(UfmProblem problem) {
        return Double.isFinite(options.bestKnown())
                ? options.bestKnown()
                : new NonnegativeSolver(SolveOptions.defaults()
                                .withStarts(Math.max(1, options.searchStarts()))
                                .withSeed(options.seed()))
                        .solve(new NonnegativeProblem(problem))
                        .objective();
    }

    private static void requireNonnegative(Matrix features) {
        for (int i = 0; i < features.data().length; i++) {
            if (!(features.data()[i] >= 0)) {
                throw new IllegalArgumentException("features: expected numbers of at least 0, found "
                        + features.data()[i] + " in row " + i % features.rows() + ", column " + i / features.rows());
            }
        }
    }

    /** γ₊(∇g)/μ at a point of the reduced model, as attained by a vector h ≥ 0. */
    public static double gaugeOverMu(UfmModel reduced, UfmPoint point) {
        return polar(reduced, point).lower() / reduced.problem().mu();
    }

    private static Polar polar(UfmModel reduced, UfmPoint means) {
        UfmObjective objective = reduced.objective();
        objective.linearize(objective.toVector(means), new double[objective.dimension()]);
        return Polar.of(ClassGram.of(objective.lossGradient()));
    }

    /** A unit whose vectors vanish is free to become the polar's maximiser, which lowers the objective. */
    private static Optional<Verdict> deadUnit(UfmProblem problem, UfmPoint means, Polar polar) {
        double unitW = Math.pow(problem.lambdaH() / problem.lambdaW(), 0.25);
        Matrix features = means.features().transpose();
        int d = problem.featureDimension();
        double[] sizes = new double[d];
        for (int j = 0; j < d; j++) {
            sizes[j] = Math.max(
                    Vectors.norm(means.classifier().column(j)) / unitW, Vectors.norm(features.column(j)) * unitW);
        }
        double largest = Math.max(1, Vectors.maxAbs(sizes));
        for (int j = 0; j < d; j++) {
            if (sizes[j] <= DEAD * largest) {
                return Optional.of(deadUnit(problem, means, polar, j, unitW));
            }
        }
        return Optional.empty();
    }

    private static Verdict deadUnit(UfmProblem problem, UfmPoint means, Polar polar, int unit, double unitW) {
        UfmModel reduced = UfmModel.reduced(problem);
        UfmObjective objective = reduced.objective();
        objective.linearize(objective.toVector(means), new double[objective.dimension()]);
        Matrix gradient = objective.lossGradient();
        Matrix w = Matrix.zeros(problem.classes(), problem.featureDimension());
        Matrix h = Matrix.zeros(problem.featureDimension(), problem.groups());
        for (int m = 0; m < problem.groups(); m++) {
            double y = polar.maximiser()[m];
            h.set(unit, m, y / unitW);
            for (int k = 0; k < problem.classes(); k++) {
                w.set(k, unit, w.get(k, unit) - unitW * gradient.get(k, m) * y / polar.lower());
            }
        }
        return new Verdict.DeadUnit(
                new UfmPoint(w, h, new double[problem.classes()]),
                unit,
                polar.lower() / problem.mu(),
                polar.lower() - problem.mu());
    }

    /** The residuals of the first-order conditions, that of H in units in which λ_H is its curvature. */
    public static Residuals residuals(UfmModel model, UfmPoint point) {
        UfmProblem problem = model.problem();
        UfmObjective objective = model.objective();
        double[] gradient = new double[objective.dimension()];
        objective.linearize(objective.toVector(point), gradient);
        int sizeW = point.classifier().data().length;
        double[] features = point.features().data();
        double[] ofH = new double[features.length];
        for (int i = 0; i < features.length; i++) {
            ofH[i] = Math.min(gradient[sizeW + i], problem.lambdaH() * features[i]);
        }
        double ofBias = 0;
        if (problem.bias().isPresent()) {
            double[] sums = Arrays.copyOfRange(gradient, sizeW + features.length, gradient.length);
            Vectors.add(-problem.bias().lambda(), point.bias(), sums);
            double[] terms = new double[sums.length];
            for (int j = 0; j < model.columns(); j++) {
                for (int k = 0; k < terms.length; k++) {
                    terms[k] += model.dataTerm().weight(j)
                            * Math.abs(objective.residual().get(k, j));
                }
            }
            ofBias = Residuals.ofBias(sums, terms, point.bias(), problem.bias().lambda());
        }
        return Residuals.of(
                problem.lambdaW(),
                problem.lambdaH(),
                Vectors.norm(Arrays.copyOf(gradient, sizeW)),
                Vectors.norm(ofH),
                point.classifier().norm(),
                point.features().norm(),
                ofBias);
    }
}
