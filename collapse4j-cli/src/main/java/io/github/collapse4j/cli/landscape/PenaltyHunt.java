package io.github.collapse4j.cli.landscape;

import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.cli.text.CountProgress;
import io.github.collapse4j.cli.text.ProgressLine;
import io.github.collapse4j.hunt.ChunkRunner;
import io.github.collapse4j.hunt.Descender;
import io.github.collapse4j.hunt.Hunt;
import io.github.collapse4j.hunt.HuntJournal;
import io.github.collapse4j.hunt.HuntPlan;
import io.github.collapse4j.hunt.ProblemOutcome;
import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.hunt.HuntFile;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.proof.ExactModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The hunt for a map of success rates: the dimensions of a range, and multiples of both penalties.
 *
 * @param base the model without multiples
 * @param range its feature dimensions
 * @param loss the name of its loss
 * @param starts random starts for each problem and optimiser
 */
record PenaltyHunt(UfmProblem base, DimensionRange range, LossName loss, int starts, long seed) {
    private static final double[] FACTORS = {0.25, 1, 4};

    /** Whether all multiples of a penalty are finite and above 0. */
    static boolean hasMultiples(double lambda) {
        return Arrays.stream(FACTORS).map(factor -> factor * lambda).allMatch(x -> x > 0 && Double.isFinite(x));
    }

    /**
     * Runs the hunt.
     *
     * @param journal the name of the file that keeps its progress, without the name of the loss
     */
    List<ProblemOutcome> run(@Nullable String journal, ChunkRunner runner) throws IOException {
        List<UfmProblem> problems = new ArrayList<>();
        for (double factor : FACTORS) {
            for (int d = range.first(); d <= range.last(); d++) {
                problems.add(new UfmProblem(
                        base.loss(), base.counts(), d, factor * base.lambdaW(), factor * base.lambdaH(), base.bias()));
            }
        }
        List<Descender> descenders = Descender.defaults().subList(0, 2);
        HuntPlan plan = new HuntPlan(problems, descenders, starts, seed);
        try (CountProgress progress = new CountProgress("hunt " + loss.name())) {
            if (journal == null) {
                ProgressLine.atInterruption("Interrupted. With --resume FILE the same command would go on from here.");
                return new Hunt(plan, HuntJournal.none(), progress::update, runner).run();
            }
            ProgressLine.atInterruption("Interrupted. The hunt is kept in " + journal + "." + loss.name()
                    + ": the same command goes on after it.");
            try (HuntFile file = HuntFile.open(FileName.path(journal + "." + loss.name()), plan)) {
                return new Hunt(plan, file, progress::update, runner).run();
            }
        }
    }

    /**
     * Proves the local minima that it found, with the penalties as typed.
     *
     * @param model the model with penalties multiplied by a factor
     */
    HuntProofs prove(List<ProblemOutcome> found, DoubleFunction<ExactModel> model, Path directory) throws IOException {
        List<Double> factors = Arrays.stream(FACTORS)
                .boxed()
                .flatMap(factor -> Collections.nCopies(found.size() / FACTORS.length, factor).stream())
                .toList();
        try (CountProgress progress = new CountProgress("proofs " + loss.name())) {
            return HuntProofs.of(found, model, factors, directory, progress);
        }
    }
}
