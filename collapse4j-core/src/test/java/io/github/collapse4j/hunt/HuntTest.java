package io.github.collapse4j.hunt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.optim.GradientDescent;
import io.github.collapse4j.optim.Lbfgs;
import io.github.collapse4j.optim.Limits;
import io.github.collapse4j.optim.StepSize;
import io.github.collapse4j.testkit.Close;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class HuntTest {
    /** The counterexample of docs/theory.md §4. */
    private static final UfmProblem NARROW =
            new UfmProblem(new CrossEntropy(), ClassCounts.balanced(8, 9), 5, 0.003, 0.0005, Bias.ofLambda(0.1));

    private static HuntPlan plan(int starts, long seed, UfmProblem... problems) {
        return new HuntPlan(List.of(problems), Descender.defaults().subList(0, 2), starts, seed);
    }

    /** Keeps every record in memory. */
    private static final class MapJournal implements HuntJournal {
        private final Map<Integer, double[]> chunks = new HashMap<>();

        @Override
        public synchronized double[] recorded(int chunk) {
            return chunks.getOrDefault(chunk, new double[0]);
        }

        @Override
        public synchronized void record(int chunk, double[] outcomes) {
            chunks.put(chunk, outcomes);
        }
    }

    @Test
    void findsTheSpuriousMinimumBelowKMinusOne() {
        ProblemOutcome outcome = new Hunt(plan(20, 1, NARROW), HuntJournal.none(), HuntListener.SILENT)
                .run()
                .get(0);

        assertEquals(40, outcome.starts());
        assertEquals(2, outcome.findings().size(), () -> outcome.findings().toString());
        Finding lowest = outcome.findings().get(0);
        Finding spurious = outcome.findings().get(1);
        // The reference values are printed to eight digits.
        Close.assertClose(0.18125817, lowest.objective(), 0, 5e-9, "lowest");
        Close.assertClose(0.18129733, spurious.objective(), 0, 5e-9, "spurious");
        Verdict.SpuriousLocalMinimum verdict = assertInstanceOf(Verdict.SpuriousLocalMinimum.class, spurious.verdict());
        assertEquals(10, verdict.nullity());
        assertEquals(10, verdict.orbitDimension());
        assertTrue(verdict.smallestPositive() > 0);
        assertEquals(40, lowest.count() + spurious.count());
        // The twin's bound is not tight here, so the lowest value is not certified as the global minimum.
        assertFalse(outcome.isCertified());
        assertEquals(DescentEnd.LOWEST_KNOWN, lowest.end());
        assertEquals(DescentEnd.LOCAL_MINIMUM, spurious.end());
        assertEquals(0, outcome.count(DescentEnd.CERTIFIED_GLOBAL_MINIMUM));
        assertEquals(lowest.count(), outcome.count(DescentEnd.LOWEST_KNOWN));
        assertEquals(spurious.count(), outcome.count(DescentEnd.LOCAL_MINIMUM));
        assertTrue(spurious.gradientNorm() <= 1e-12, () -> "gradient " + spurious.gradientNorm());
    }

    @Test
    void everyStartReachesTheCertifiedMinimumAtKMinusOne() {
        ProblemOutcome outcome = new Hunt(
                        plan(10, 2, NARROW.withFeatureDimension(7)), HuntJournal.none(), HuntListener.SILENT)
                .run()
                .get(0);

        assertTrue(outcome.isCertified());
        assertEquals(20, outcome.count(DescentEnd.CERTIFIED_GLOBAL_MINIMUM));
        assertTrue(outcome.others().isEmpty());
        Close.assertClose(
                outcome.optimum().objective(), outcome.findings().get(0).objective(), 1e-10, 0, "minimum");
    }

    @Test
    void everyDescentIsCountedOnce() {
        UfmProblem problem = NARROW.withFeatureDimension(7);
        // Two iterations do not converge, and a step of this size diverges.
        Limits short2 = Limits.defaults().withMaxIterations(2);
        List<Descender> descenders = List.of(
                Descender.defaults().get(1),
                new Descender("short", new Lbfgs(Lbfgs.Options.defaults()), short2),
                new Descender(
                        "divergent",
                        new GradientDescent(new GradientDescent.Options(new StepSize.Fixed(1e9))),
                        Limits.defaults().withMaxIterations(200)));
        HuntPlan plan = new HuntPlan(List.of(problem), descenders, 4, 5);

        ProblemOutcome outcome =
                new Hunt(plan, HuntJournal.none(), HuntListener.SILENT).run().get(0);

        long counted = 0;
        for (DescentEnd end : DescentEnd.values()) {
            counted += outcome.count(end);
        }
        assertEquals(12, outcome.starts());
        assertEquals(12, counted);
        assertTrue(outcome.count(DescentEnd.CERTIFIED_GLOBAL_MINIMUM) >= 4);
        assertEquals(
                outcome.diverged(),
                outcome.count(DescentEnd.NOT_CONVERGED)
                        - outcome.findings().stream()
                                .filter(finding -> finding.end() == DescentEnd.NOT_CONVERGED)
                                .mapToLong(Finding::count)
                                .sum());
    }

    @Test
    void squaredErrorWithAFreeBiasHasNoLocalMinimaBelowTheRankOfTheTwinEither() {
        for (Bias bias : List.of(new Bias.None(), new Bias.Free())) {
            for (int d = 1; d <= 4; d++) {
                UfmProblem problem =
                        new UfmProblem(new SquaredError(), ClassCounts.of(12, 9, 9, 4, 2), d, 0.005, 0.001, bias);
                ProblemOutcome outcome = new Hunt(plan(8, 3, problem), HuntJournal.none(), HuntListener.SILENT)
                        .run()
                        .get(0);

                assertTrue(problem.hasBenignLandscape());
                assertEquals(
                        1, outcome.findings().size(), () -> outcome.findings().toString());
                assertEquals(0, outcome.count(DescentEnd.LOCAL_MINIMUM));
                assertEquals(0, outcome.count(DescentEnd.LOWEST_KNOWN));
            }
        }
    }

    @Test
    void isIdenticalForAnyThreadsAndInterruptions() throws Exception {
        HuntPlan plan = plan(70, 3, NARROW, NARROW.withFeatureDimension(3));
        MapJournal whole = new MapJournal();
        ForkJoinPool one = new ForkJoinPool(1);
        List<ProblemOutcome> sequential = one.submit(() -> new Hunt(plan, whole, HuntListener.SILENT).run())
                .get();
        one.shutdown();

        MapJournal half = new MapJournal();
        whole.chunks.forEach((chunk, outcomes) -> {
            if (chunk % 2 == 0) {
                half.record(chunk, outcomes);
            }
        });
        ForkJoinPool four = new ForkJoinPool(4);
        List<ProblemOutcome> resumed = four.submit(() -> new Hunt(plan, half, HuntListener.SILENT).run())
                .get();
        four.shutdown();

        for (Map.Entry<Integer, double[]> chunk : whole.chunks.entrySet()) {
            org.junit.jupiter.api.Assertions.assertArrayEquals(chunk.getValue(), half.recorded(chunk.getKey()), 0);
        }
        assertEquals(values(sequential), values(resumed));
    }

    private static List<String> values(List<ProblemOutcome> outcomes) {
        List<String> values = new ArrayList<>();
        for (ProblemOutcome outcome : outcomes) {
            for (Finding finding : outcome.findings()) {
                values.add(Double.toHexString(finding.objective()) + " " + finding.count() + " " + finding.firstItem()
                        + " " + finding.verdict().name());
            }
        }
        return values;
    }

    @Test
    void plansDifferInTheirDigests() {
        String digest = plan(5, 1, NARROW).digest();

        assertEquals(digest, plan(5, 1, NARROW).digest());
        assertNotEquals(digest, plan(6, 1, NARROW).digest());
        assertNotEquals(digest, plan(5, 2, NARROW).digest());
        assertNotEquals(digest, plan(5, 1, NARROW.withFeatureDimension(6)).digest());
    }
}
