package io.github.collapse4j.landscape;

import io.github.collapse4j.certificate.Assessment;
import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.Solution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A critical point of lower rank than the global minimum, and a descent from it.
 *
 * @param assessment its verdict with evidence
 * @param descent a descent from nearby, along the verdict's direction; empty if there is none
 */
public record LowerSaddle(Assessment assessment, Optional<SaddleDescent> descent) {
    private static final int STARTS = 4;

    /**
     * The lowest one found of each rank below the optimum's: a minimum at d' = rank, padded with zeros to d
     * (docs/theory.md §7).
     */
    public static List<LowerSaddle> below(Solution optimum) {
        UfmProblem problem = optimum.problem();
        UfmModel model = UfmModel.reduced(problem);
        Assessor assessor = new Assessor(Assessor.Options.defaults().withSearchStarts(0));
        List<LowerSaddle> saddles = new ArrayList<>();
        for (int rank = 0; rank < optimum.rank(); rank++) {
            UfmPoint point = rank == 0
                    ? model.objective().toPoint(new double[model.dimension()])
                    : narrowMinimum(problem, rank).padTo(problem.featureDimension());
            Assessment assessment = assessor.assess(model, point);
            saddles.add(new LowerSaddle(
                    assessment,
                    assessment.verdict() instanceof Verdict.StrictSaddle strict
                            ? Optional.of(SaddleDescent.from(model, point, strict.direction(), optimum.objective()))
                            : Optional.empty()));
        }
        return saddles;
    }

    private static UfmPoint narrowMinimum(UfmProblem problem, int rank) {
        UfmModel narrow = UfmModel.reduced(problem.withFeatureDimension(rank));
        return new MultiStart(0).best(narrow, STARTS).point();
    }
}
