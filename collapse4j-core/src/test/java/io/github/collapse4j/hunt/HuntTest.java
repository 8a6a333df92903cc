package io.github.collapse4j.hunt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.UfmProblem;
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

    /** Remembers what was recorded, and forgets nothing. */
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
        // The values are printed to eight digits in the literature of this project.
        Close.assertClose(0.18125817, lowest.objective(), 0, 5e-9, "lowest");
        Close.assertClose(0.18129733, spurious.objective(), 0, 5e-9, "spurious");
        Verdict.SpuriousLocalMinimum verdict = assertInstanceOf(Verdict.SpuriousLocalMinimum.class, spurious.verdict());
        assertEquals(10, verdict.nullity());
        assertEquals(10, verdict.orbitDimension());
        assertTrue(verdict.smallestPositive() > 0);
        assertEquals(40, lowest.count() + spurious.count());
        assertTrue(spurious.gradientNorm() <= 1e-12, () -> "gradient " + spurious.gradientNorm());
    }

    @Test
    void everyStartReachesTheCertifiedMinimumAtKMinusOne() {
        ProblemOutcome outcome = new Hunt(
                        plan(10, 2, NARROW.withFeatureDimension(7)), HuntJournal.none(), HuntListener.SILENT)
                .run()
                .get(0);

        assertTrue(outcome.isCertified());
        assertEquals(20, outcome.reachedGlobal());
        assertTrue(outcome.others().isEmpty());
        Close.assertClose(
                outcome.optimum().objective(), outcome.findings().get(0).objective(), 1e-10, 0, "minimum");
    }

    @Test
    void isTheSameToTheBitWhateverTheThreadsAndTheInterruptions() throws Exception {
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
