package io.github.collapse4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.hunt.Descender;
import io.github.collapse4j.hunt.Finding;
import io.github.collapse4j.hunt.Hunt;
import io.github.collapse4j.hunt.HuntJournal;
import io.github.collapse4j.hunt.HuntListener;
import io.github.collapse4j.hunt.HuntPlan;
import io.github.collapse4j.hunt.ProblemOutcome;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmProblem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;

/** The hunt on Spark gives bit for bit the result of one machine. */
@EnabledForJreRange(maxVersion = LocalSpark.NEWEST_JAVA)
@Tag("heavy")
class SparkChunksTest {
    private static final HuntPlan PLAN = new HuntPlan(
            List.of(
                    new UfmProblem(
                            new CrossEntropy(), ClassCounts.of(9, 4, 2), 2, 0.003, 0.0005, new Bias.Regularised(0.1)),
                    new UfmProblem(new SquaredError(), ClassCounts.of(9, 4, 2), 3, 0.005, 0.001, new Bias.Free())),
            Descender.defaults(),
            30,
            7);

    /** Keeps recorded chunks, some of which may be present from the start. */
    private record Journal(Map<Integer, double[]> chunks) implements HuntJournal {
        @Override
        public double[] recorded(int chunk) {
            return chunks.getOrDefault(chunk, new double[0]);
        }

        @Override
        public void record(int chunk, double[] outcomes) {
            chunks.put(chunk, outcomes);
        }
    }

    private static SparkChunks onSpark() {
        return new SparkChunks(
                () -> JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext()));
    }

    @Test
    void sameBytesAsOnOneMachine() {
        Journal local = new Journal(new ConcurrentSkipListMap<>());
        Journal distributed = new Journal(new ConcurrentSkipListMap<>());
        List<ProblemOutcome> expected = new Hunt(PLAN, local, HuntListener.SILENT).run();
        List<ProblemOutcome> found = new Hunt(PLAN, distributed, HuntListener.SILENT, onSpark()).run();

        assertEquals(local.chunks().keySet(), distributed.chunks().keySet());
        local.chunks()
                .forEach((chunk, outcomes) ->
                        assertArrayEquals(outcomes, distributed.chunks().get(chunk)));
        for (int p = 0; p < expected.size(); p++) {
            assertEquals(expected.get(p).diverged(), found.get(p).diverged());
            assertEquals(
                    expected.get(p).findings().stream().map(Finding::objective).toList(),
                    found.get(p).findings().stream().map(Finding::objective).toList());
            assertEquals(
                    expected.get(p).findings().stream().map(Finding::count).toList(),
                    found.get(p).findings().stream().map(Finding::count).toList());
        }
    }

    @Test
    void runsOnlyWhatTheJournalLacks() {
        Journal complete = new Journal(new ConcurrentSkipListMap<>());
        new Hunt(PLAN, complete, HuntListener.SILENT).run();
        Journal half = new Journal(new ConcurrentSkipListMap<>(complete.chunks()));
        half.chunks().remove(1);
        TreeMap<Integer, double[]> ran = new TreeMap<>();
        new Hunt(
                        PLAN,
                        half,
                        HuntListener.SILENT,
                        (plan, chunks, sink) -> onSpark().run(plan, chunks, (chunk, outcomes) -> {
                            ran.put(chunk, outcomes);
                            sink.accept(chunk, outcomes);
                        }))
                .run();

        assertEquals(List.of(1), List.copyOf(ran.keySet()));
        assertArrayEquals(complete.chunks().get(1), half.chunks().get(1));
    }
}
