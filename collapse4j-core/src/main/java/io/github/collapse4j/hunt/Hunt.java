package io.github.collapse4j.hunt;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.LowerBound;
import io.github.collapse4j.certificate.Reason;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.optim.EuclideanProblem;
import io.github.collapse4j.optim.TrustRegionNewton;
import io.github.collapse4j.solve.Optimum;
import io.github.collapse4j.solve.SolveOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Descends from many random starts and reports where the descents end. Chunks of items run on all cores or on a cluster
 * and are recorded in a journal as they finish. The result is computed from the outcomes in the order of their numbers,
 * so for a given seed it is identical to the bit, whatever the number of threads and however often the hunt was
 * interrupted.
 */
public final class Hunt {
    /** Items per chunk: the most that each thread can lose when a hunt is killed. */
    public static final int CHUNK = 64;

    /** Relative distance below which values are treated as one for polishing. */
    private static final double SAME_VALUE = 1e-7;

    /** Relative distance below which polished values are treated as one. */
    private static final double SAME_POLISHED_VALUE = 1e-9;

    private final HuntPlan plan;
    private final HuntJournal journal;
    private final HuntListener listener;
    private final ChunkRunner runner;
    private final Descents descents;

    /** A hunt on all cores of this machine. */
    public Hunt(HuntPlan plan, HuntJournal journal, HuntListener listener) {
        this(plan, journal, listener, ChunkRunner.PARALLEL);
    }

    /** A hunt whose descents run elsewhere, for example on a cluster. */
    public Hunt(HuntPlan plan, HuntJournal journal, HuntListener listener, ChunkRunner runner) {
        this.plan = plan;
        this.journal = journal;
        this.listener = listener;
        this.runner = runner;
        this.descents = new Descents(plan);
    }

    /**
     * Runs the chunks that the journal does not have and evaluates all of them; returns one outcome per problem of the
     * plan.
     */
    public List<ProblemOutcome> run() {
        double[] objectives = new double[Math.toIntExact(plan.items())];
        AtomicLong finished = new AtomicLong();
        List<Integer> open = new ArrayList<>();
        for (int chunk = 0; chunk < plan.chunks(); chunk++) {
            double[] recorded = journal.recorded(chunk);
            if (recorded.length == plan.itemsOfChunk(chunk)) {
                System.arraycopy(recorded, 0, objectives, chunk * CHUNK, recorded.length);
                listener.onProgress(finished.addAndGet(recorded.length), objectives.length);
            } else {
                open.add(chunk);
            }
        }
        if (!open.isEmpty()) {
            runner.run(plan, open, (chunk, outcomes) -> {
                journal.record(chunk, outcomes);
                System.arraycopy(outcomes, 0, objectives, chunk * CHUNK, outcomes.length);
                listener.onProgress(finished.addAndGet(outcomes.length), objectives.length);
            });
        }
        int perProblem = plan.itemsPerProblem();
        return IntStream.range(0, plan.problems().size())
                .mapToObj(p -> evaluate(p, Arrays.copyOfRange(objectives, p * perProblem, (p + 1) * perProblem)))
                .toList();
    }

    private ProblemOutcome evaluate(int index, double[] objectives) {
        UfmProblem problem = plan.problems().get(index);
        Optimum optimum = Optimum.of(problem, SolveOptions.defaults().withSeed(plan.seed()));
        Integer[] order = new Integer[objectives.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> objectives[i]));
        List<Ending> endings = new ArrayList<>();
        int from = 0;
        while (from < order.length && objectives[order[from]] < Double.POSITIVE_INFINITY) {
            double value = objectives[order[from]];
            int to = from;
            int first = order[from];
            while (to < order.length && objectives[order[to]] <= value * (1 + SAME_VALUE)) {
                first = Math.min(first, order[to]);
                to++;
            }
            endings.add(polish(problem, to - from, first));
            from = to;
        }
        return new ProblemOutcome(
                problem, optimum, objectives.length, order.length - from, findings(problem, optimum, merge(endings)));
    }

    /** Descents that ended at one value: their number, the first of them, and its polished end point. */
    private record Ending(long count, int item, UfmPoint point, double objective, double gradientNorm) {}

    private Ending polish(UfmProblem problem, long count, int item) {
        UfmModel model = UfmModel.reduced(problem);
        UfmObjective objective = model.objective();
        EuclideanProblem polished =
                new EuclideanProblem(objective, descents.descend(model, item).point());
        TrustRegionNewton.Result result = new TrustRegionNewton(
                        TrustRegionNewton.Options.defaults().withGradientTolerance(1e-13))
                .minimize(polished);
        return new Ending(count, item, objective.toPoint(polished.point()), result.value(), result.gradientNorm());
    }

    /** Sorts endings in ascending order and merges those that polishing has brought together. */
    private static List<Ending> merge(List<Ending> endings) {
        List<Ending> merged = new ArrayList<>();
        for (Ending ending : endings.stream()
                .sorted(Comparator.comparingDouble(Ending::objective))
                .toList()) {
            Ending last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && ending.objective() <= last.objective() * (1 + SAME_POLISHED_VALUE)) {
                Ending first = last.item() < ending.item() ? last : ending;
                merged.set(
                        merged.size() - 1,
                        new Ending(
                                last.count() + ending.count(),
                                first.item(),
                                first.point(),
                                first.objective(),
                                first.gradientNorm()));
            } else {
                merged.add(ending);
            }
        }
        return merged;
    }

    private static List<Finding> findings(UfmProblem problem, Optimum optimum, List<Ending> endings) {
        UfmModel model = UfmModel.reduced(problem);
        double lowest = optimum.objective();
        for (Ending ending : endings) {
            lowest = Math.min(lowest, ending.objective());
        }
        Assessor.Options options =
                Assessor.Options.defaults().withSearchStarts(0).withBestKnown(lowest);
        List<Finding> findings = new ArrayList<>();
        for (Ending ending : endings) {
            Verdict verdict = verdict(model, ending, optimum.lowerBound(), options);
            boolean isLowest = ending.objective() <= lowest * (1 + SAME_POLISHED_VALUE);
            findings.add(new Finding(
                    ending.objective(),
                    ending.count(),
                    ending.item(),
                    DescentEnd.of(verdict, isLowest),
                    ending.point(),
                    ending.gradientNorm(),
                    verdict));
        }
        return findings;
    }

    /** The solver's bound is usually tighter than the one from the point alone, and it holds for every point. */
    private static Verdict verdict(UfmModel model, Ending ending, LowerBound bound, Assessor.Options options) {
        double gap = bound.relativeGap(ending.objective());
        if (gap <= options.relativeGap()) {
            return new Verdict.GlobalMinimum(ending.objective(), bound, gap, options.relativeGap());
        }
        return isTooLarge(ending)
                ? new Verdict.Undecided(new Reason.NotFinite("the square of the Gram matrix of the point"))
                : new Assessor(options).assess(model, ending.point()).verdict();
    }

    /** A descent that diverges can stop before its value overflows. */
    private static boolean isTooLarge(Ending ending) {
        UfmPoint point = ending.point();
        double squares = point.classifier().dot(point.classifier())
                + point.features().dot(point.features())
                + ending.gradientNorm() * ending.gradientNorm();
        return !Double.isFinite(squares * squares);
    }
}
