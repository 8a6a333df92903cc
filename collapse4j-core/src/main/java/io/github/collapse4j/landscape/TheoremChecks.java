package io.github.collapse4j.landscape;

import io.github.collapse4j.certificate.CriticalPointFacts;
import io.github.collapse4j.certificate.Escape;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.curvature.FullSpectrum;
import io.github.collapse4j.curvature.Spectrum;
import io.github.collapse4j.model.UfmModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The theorems of docs/theory.md §2–§4 as checks on an atlas. */
final class TheoremChecks {
    /**
     * For facts that hold to first order in the gradient norm divided by penalties: far above 1e-11, far below any
     * effect.
     */
    private static final double FIRST_ORDER = 1e-6;

    /** For curvatures, relative to the largest: formula and Hessian agree to the accuracy of the point. */
    private static final double CURVATURE = 1e-7;

    private final Atlas atlas;
    private final int featureDimension;
    private final List<TheoremCheck> checks = new ArrayList<>();

    private TheoremChecks(Atlas atlas) {
        this.atlas = atlas;
        this.featureDimension = atlas.problem().featureDimension();
    }

    static List<TheoremCheck> of(Atlas atlas) {
        return new TheoremChecks(atlas).all();
    }

    private List<TheoremCheck> all() {
        Predicate<CriticalPoint> any = point -> true;
        Predicate<CriticalPoint> deficient = point -> point.rank() < featureDimension;
        Predicate<CriticalPoint> strict = point -> point.verdict() instanceof Verdict.StrictSaddle;
        check(
                "At every critical point the layers are balanced: λ_W WᵀW = λ_H HHᵀ.",
                "relative difference",
                FIRST_ORDER,
                any,
                point -> point.assessment().facts().balanceResidual());
        if (atlas.problem().loss().isShiftInvariant()) {
            check(
                    "With cross-entropy the classifier's rows sum to zero at every critical point: 1ᵀW = 0.",
                    "‖1ᵀW‖",
                    FIRST_ORDER,
                    any,
                    point -> point.assessment().facts().rowSumNorm());
        }
        check(
                "Every active direction is a singular pair of ∇g with singular value exactly μ.",
                "largest |σ/μ − 1|",
                FIRST_ORDER,
                point -> point.rank() > 0,
                TheoremChecks::activeError);
        check(
                "Dichotomy: a critical point of rank r < d is a global minimum if σ_max(∇g) ≤ μ and otherwise a strict"
                        + " saddle, with curvature −2(σ_max − μ) along the direction of the proof.",
                "formula against Hessian, relative",
                CURVATURE,
                deficient,
                TheoremChecks::dichotomyError);
        check(
                "The predicted most negative curvature along the null space of W is an eigenvalue of the Hessian.",
                "distance to the nearest eigenvalue, relative to the largest",
                CURVATURE,
                point -> strict.test(point) && point.spectrum() instanceof Spectrum.Complete,
                TheoremChecks::distanceToEigenvalue);
        check(
                "The Morse index is at least (d − r)·#{σ_j > μ}.",
                "bound − index",
                0,
                point -> strict.test(point) && point.spectrum() instanceof Spectrum.Complete,
                point -> ((Verdict.StrictSaddle) point.verdict()).indexLowerBound() - point.index());
        check(
                "The Hessian vanishes along the symmetry orbit and nowhere else: nullity = dimension of the orbit.",
                "|nullity − dimension|",
                0,
                any,
                point -> Math.abs(point.nullity() - point.spectrum().orbitDimension()));
        check(
                "Moving the samples of a class apart costs at least λ_H (NC1 holds at saddles too): negative curvature"
                        + " exists only between classes.",
                "1 − smallest curvature within classes/λ_H",
                1e-12,
                point -> point.spectrum() instanceof Spectrum.Complete,
                this::withinDeficit);
        if (atlas.problem().hasBenignLandscape()) {
            check(
                    "At this feature dimension no local minimum is spurious: every other critical point has negative"
                            + " curvature.",
                    "1 for a critical point that is neither",
                    0,
                    any,
                    point -> point.isGlobalMinimum() || point.index() > 0 ? 0 : 1);
        }
        return List.copyOf(checks);
    }

    private void check(
            String statement,
            String measure,
            double tolerance,
            Predicate<CriticalPoint> applies,
            ToDoubleFunction<CriticalPoint> error) {
        int tested = 0;
        int violations = 0;
        double worst = Double.NEGATIVE_INFINITY;
        for (CriticalPoint point : atlas.points()) {
            if (applies.test(point)) {
                double found = error.applyAsDouble(point);
                tested++;
                violations += found <= tolerance ? 0 : 1;
                worst = Math.max(worst, found);
            }
        }
        checks.add(new TheoremCheck(statement, tested, violations, tested == 0 ? 0 : worst, tolerance, measure));
    }

    private static double activeError(CriticalPoint point) {
        CriticalPointFacts facts = point.assessment().facts();
        return Arrays.stream(facts.activeOverMu())
                .map(ratio -> Math.abs(ratio - 1))
                .max()
                .orElse(0);
    }

    private static double dichotomyError(CriticalPoint point) {
        if (point.verdict() instanceof Verdict.StrictSaddle saddle
                && saddle.escape() instanceof Escape.UnusedDimension unused) {
            return unused.predicted() < 0
                    ? Math.abs(unused.predicted() - unused.curvature()) / Math.abs(unused.predicted())
                    : Double.POSITIVE_INFINITY;
        }
        return point.isGlobalMinimum() ? 0 : Double.POSITIVE_INFINITY;
    }

    private static double distanceToEigenvalue(CriticalPoint point) {
        double predicted = ((Verdict.StrictSaddle) point.verdict()).mostNegativeCurvature();
        return Arrays.stream(((Spectrum.Complete) point.spectrum()).eigenvalues())
                        .map(value -> Math.abs(value - predicted))
                        .min()
                        .orElse(Double.POSITIVE_INFINITY)
                / Math.max(Math.abs(point.maxCurvature()), Math.abs(point.minCurvature()));
    }

    private double withinDeficit(CriticalPoint point) {
        double smallest = FullSpectrum.smallestWithin(UfmModel.reduced(atlas.problem()), point.point());
        return Double.isInfinite(smallest) ? 0 : 1 - smallest / atlas.problem().lambdaH();
    }
}
