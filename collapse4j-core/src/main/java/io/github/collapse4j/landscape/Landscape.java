package io.github.collapse4j.landscape;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.curvature.FullSpectrum;
import io.github.collapse4j.hunt.ProblemOutcome;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.Optimum;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The findings about one model.
 *
 * @param problem the model
 * @param optimum its certified minimum, or the lowest point found if none is certified
 * @param atlas its critical points
 * @param spectra the full model's spectrum at each point of the atlas
 * @param escapes descents from its saddles
 * @param frames a descent from the flattest start to the minimum, for K ≤ 4 classes; otherwise empty
 * @param collapse NC1–NC3 of the full model along a descent; empty if the groups are not classes
 * @param hunt where random starts end, for each dimension and penalty
 */
public record Landscape(
        UfmProblem problem,
        Optimum optimum,
        Atlas atlas,
        List<FullSpectrum> spectra,
        List<Escape> escapes,
        List<Frame> frames,
        List<CollapseStep> collapse,
        List<ProblemOutcome> hunt) {

    /**
     * Whether the optimum is certified as the global minimum, by the solver's bound or by that of a critical point.
     */
    public boolean isCertified() {
        double tolerance = Assessor.Options.defaults().relativeGap();
        return optimum.relativeGap() <= tolerance
                || atlas.points().stream()
                        .anyMatch(point ->
                                point.isGlobalMinimum() && optimum.objective() <= point.objective() * (1 + tolerance));
    }

    /**
     * One descent from a saddle.
     *
     * @param from index of the saddle in the atlas
     * @param to index of the atlas point with the final value, if there is one
     */
    public record Escape(int from, OptionalInt to, EscapeRun run) {}

    /**
     * A frame of the animation, in the three principal axes of the final classifier.
     *
     * @param classifier {@code K×3}
     * @param classMeans {@code K×3}, unscaled features
     */
    public record Frame(int iteration, double objective, Matrix classifier, Matrix classMeans) {}

    /**
     * Metrics (docs/theory.md §9) and relative excess over the minimum at one iteration.
     *
     * @param nc1 tr(Σ_W Σ_B†)/K; empty if all class means are equal
     * @param nc2 distance of WWᵀ to a simplex ETF; empty for W = 0
     * @param nc3 distance of W M to a simplex ETF; empty if W M = 0
     */
    public record CollapseStep(int iteration, OptionalDouble nc1, OptionalDouble nc2, OptionalDouble nc3, double gap) {}
}
