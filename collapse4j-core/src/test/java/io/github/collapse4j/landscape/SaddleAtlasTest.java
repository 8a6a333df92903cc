package io.github.collapse4j.landscape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.collapse4j.certificate.CriticalPointFacts;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmObjective;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SaddleAtlasTest {
    /** Few searches: the reference contains only the best point of each rank. */
    private static final AtlasOptions QUICK = AtlasOptions.defaults().withSearches(12, 3, 1);

    static List<JsonObject> references() throws IOException {
        try (InputStreamReader reader = new InputStreamReader(
                Objects.requireNonNull(
                        SaddleAtlasTest.class.getResourceAsStream("/reference/ufm-reference.json"),
                        "reference/ufm-reference.json is missing"),
                StandardCharsets.UTF_8)) {
            List<JsonObject> cases = new ArrayList<>();
            JsonParser.parseReader(reader).getAsJsonArray().forEach(item -> cases.add(item.getAsJsonObject()));
            return cases;
        }
    }

    @ParameterizedTest
    @MethodSource("references")
    void everySaddleOfTheReferenceIsFound(JsonObject reference) {
        Atlas atlas = new SaddleAtlas(QUICK).explore(problem(reference));
        for (JsonElement item : reference.getAsJsonArray("saddles")) {
            JsonObject saddle = item.getAsJsonObject();
            CriticalPoint found = atlas.points().stream()
                    .filter(point ->
                            Math.abs(point.objective() - saddle.get("value").getAsDouble()) <= 1e-9)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("not found: " + saddle));
            assertEquals(saddle.get("rank").getAsInt(), found.rank());
            assertEquals(saddle.get("negative").getAsInt(), found.index());
            assertEquals(saddle.get("zero").getAsInt(), found.nullity());
            // The reference points have gradient norms up to 2e-9, which move curvatures by less than 1e-8.
            assertEquals(saddle.get("hessianMin").getAsDouble(), found.minCurvature(), 1e-8);
            assertEquals(saddle.get("hessianMax").getAsDouble(), found.maxCurvature(), 1e-8);
            JsonArray sigma = saddle.getAsJsonArray("sigmaOverMu");
            assertEquals(sigma.get(0).getAsDouble(), found.sigmaOverMu(), 1e-6);
        }
    }

    static List<UfmProblem> problems() {
        return List.of(
                problem(new CrossEntropy(), ClassCounts.balanced(4, 10), 4, new Bias.Regularised(0.01)),
                problem(new CrossEntropy(), ClassCounts.of(12, 12, 5, 2), 2, new Bias.Free()),
                problem(new CrossEntropy(), ClassCounts.balanced(5, 4), 5, new Bias.None()),
                problem(new SquaredError(), ClassCounts.balanced(4, 10), 4, new Bias.Free()),
                problem(new SquaredError(), ClassCounts.of(9, 9, 4, 4), 3, new Bias.None()),
                problem(new SquaredError(), ClassCounts.of(20, 9, 4, 4), 4, new Bias.Regularised(0.05)));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void pointsAreCriticalAndConsistentAndTheTheoremsHold(UfmProblem problem) {
        Atlas atlas = new SaddleAtlas(AtlasOptions.defaults().withSearches(24, 8, 12)).explore(problem);
        UfmModel model = UfmModel.reduced(problem);
        UfmObjective objective = model.objective();
        assertEquals(0, atlas.points().get(0).rank());
        for (CriticalPoint point : atlas.points()) {
            double[] gradient = new double[objective.dimension()];
            double value = objective.linearize(objective.toVector(point.point()), gradient);
            assertEquals(value, point.objective(), 1e-14);
            assertTrue(Vectors.norm(gradient) <= 1e-11, () -> point.origin() + " " + Vectors.norm(gradient));
            switch (point.verdict().name()) {
                case "GlobalMinimum", "LocalMinimum", "SpuriousLocalMinimum" -> assertEquals(0, point.index());
                case "StrictSaddle", "OtherSaddle" -> {
                    assertTrue(point.index() > 0);
                    UfmPoint direction = point.verdict() instanceof Verdict.StrictSaddle saddle
                            ? saddle.direction()
                            : ((Verdict.OtherSaddle) point.verdict()).direction();
                    double[] delta = objective.toVector(direction);
                    double[] image = new double[delta.length];
                    objective.hessianVector(delta, image);
                    assertTrue(Vectors.dot(delta, image) < 0);
                }
                default -> throw new AssertionError(point.verdict().explanation());
            }
        }
        for (TheoremCheck check : atlas.theoremChecks()) {
            assertTrue(check.tested() > 0, check::statement);
            assertTrue(check.holds(), check::toString);
        }
    }

    @Test
    void squaredErrorHasOneKindOfPointForEachChoiceOfSingularValues() {
        // Four different singular values without bias, all above the threshold: 2⁴ choices.
        UfmProblem problem = problem(new SquaredError(), ClassCounts.of(20, 12, 7, 3), 4, new Bias.None());
        Atlas atlas = new SaddleAtlas(AtlasOptions.defaults().withSearches(2, 0, 0)).explore(problem);
        assertEquals(16, atlas.points().size());
        for (CriticalPoint point : atlas.points()) {
            // d(d−1)/2 − (d−r)(d−r−1)/2: no two classes can be rotated into each other.
            int unused = 4 - point.rank();
            assertEquals(6 - unused * (unused - 1) / 2, point.nullity());
        }
    }

    @Test
    void belowTheThresholdSpuriousMinimaAreFoundAndNamed() {
        UfmProblem problem = new UfmProblem(
                new CrossEntropy(), ClassCounts.balanced(8, 9), 5, 0.003, 0.0005, new Bias.Regularised(0.1));
        Atlas atlas = new SaddleAtlas(AtlasOptions.defaults().withSearches(12, 0, 0)).explore(problem);
        // docs/theory.md §4.
        CriticalPoint spurious = atlas.points().stream()
                .filter(point -> Math.abs(point.objective() - 0.18129733) < 1e-8)
                .findFirst()
                .orElseThrow();
        assertTrue(spurious.verdict() instanceof Verdict.SpuriousLocalMinimum, spurious.verdict()::explanation);
        assertEquals(10, spurious.nullity());
    }

    @Test
    void lowPointsOfSmallBasinsAreFoundAtEveryRank() {
        UfmProblem problem = new UfmProblem(
                new CrossEntropy(), ClassCounts.of(50, 31, 17, 9, 4, 2), 6, 0.006, 0.001, new Bias.Free());
        Atlas atlas = new SaddleAtlas(AtlasOptions.defaults()).explore(problem);
        CriticalPoint found = atlas.points().stream()
                .filter(point -> point.rank() == 1 && Math.abs(point.objective() - 0.5359503507) < 1e-10)
                .findFirst()
                .orElseThrow();
        assertEquals(20, found.index());
        assertEquals(6, found.nullity());
        assertEquals(
                atlas.searches() - atlas.unpolished(),
                atlas.points().stream().mapToInt(CriticalPoint::timesFound).sum());
        // The lowest minima at each d' from 4,000 random starts; the rarest of them is reached from 0.9 % of the
        // starts.
        double[][] lowest = {
            {0.521768358, 0.525108055, 0.528692045, 0.528870134, 0.532665158, 0.533172070, 0.537821780, 0.538139168},
            {0.318966089, 0.319008211, 0.319055622, 0.319204038},
            {0.258006287, 0.258382767, 0.258594815, 0.259161913, 0.259562076, 0.259750646, 0.259808848, 0.259999199},
            {0.242048281, 0.242962875, 0.243950979, 0.244288814, 0.245124396, 0.246160773}
        };
        for (int rank = 1; rank <= lowest.length; rank++) {
            for (double value : lowest[rank - 1]) {
                int r = rank;
                assertTrue(
                        atlas.points().stream().anyMatch(p -> p.rank() == r && Math.abs(p.objective() - value) < 2e-9),
                        () -> "rank " + r + ", " + value);
            }
        }
        DescentTally line = atlas.descents().get(0);
        assertEquals(1, line.dimension());
        assertTrue(line.starts() > AtlasOptions.defaults().startsPerRank(), line::toString);
        assertEquals((double) line.foundOnce() / line.starts(), line.unseenShare());
        // Every descent ends at the global minimum if d' is the maximal rank, so the first batch suffices.
        assertEquals(new DescentTally(5, 24, 1, 0), atlas.descents().get(4));
    }

    @Test
    void theAtlasDoesNotDependOnTheNumberOfThreads() throws Exception {
        UfmProblem problem = problem(new CrossEntropy(), ClassCounts.of(12, 12, 5), 3, new Bias.Free());
        List<Atlas> atlases = new ArrayList<>();
        AtomicInteger reported = new AtomicInteger();
        for (int threads : new int[] {1, 4}) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            try {
                atlases.add(pool.submit(() ->
                                new SaddleAtlas(QUICK, (done, total) -> reported.incrementAndGet()).explore(problem))
                        .get());
            } finally {
                pool.shutdown();
            }
        }
        Atlas one = atlases.get(0);
        Atlas four = atlases.get(1);
        assertEquals(2 * one.searches(), reported.get());
        assertEquals(one.points().size(), four.points().size());
        for (int i = 0; i < one.points().size(); i++) {
            CriticalPoint a = one.points().get(i);
            CriticalPoint b = four.points().get(i);
            assertEquals(a.origin(), b.origin());
            assertEquals(a.timesFound(), b.timesFound());
            assertArrayEquals(
                    a.point().classifier().data(), b.point().classifier().data());
            assertArrayEquals(a.point().features().data(), b.point().features().data());
            assertEquals(a.minCurvature(), b.minCurvature());
        }
    }

    @Test
    void partitionsAreOneOfEachKind() {
        assertEquals(2, BlockPartitions.of(ClassCounts.balanced(4, 3), 2, 99, 0).size());
        assertEquals(7, BlockPartitions.of(ClassCounts.of(4, 3, 2, 1), 2, 99, 0).size());
        assertEquals(5, BlockPartitions.of(ClassCounts.of(4, 3, 2, 1), 2, 5, 0).size());
        assertEquals(1, BlockPartitions.of(ClassCounts.of(4, 3), 2, 5, 0).size());
        assertEquals(0, BlockPartitions.of(ClassCounts.of(4, 3), 3, 5, 0).size());
        assertTrue(BlockPartitions.of(ClassCounts.balanced(40, 3), 4, 6, 1).size() == 6);
    }

    @Test
    void theClosedFormsOfSquaredErrorAreCriticalWithoutPolishing() {
        for (UfmProblem problem : List.of(
                problem(new SquaredError(), ClassCounts.of(20, 9, 4, 4), 4, new Bias.None()),
                problem(new SquaredError(), ClassCounts.of(20, 9, 4, 4), 4, new Bias.Free()),
                problem(new SquaredError(), ClassCounts.balanced(4, 9), 4, new Bias.Regularised(0.05)))) {
            SingularFamily family = new SingularFamily(problem);
            for (int rank = 1; rank <= problem.maximalRank(); rank++) {
                UfmModel model = UfmModel.reduced(problem.withFeatureDimension(rank));
                for (List<Integer> subset : family.subsets(rank, 99, 0)) {
                    CriticalPointFacts facts = CriticalPointFacts.of(model, family.point(subset));
                    assertEquals(0, facts.gradientNorm(), 1e-14, () -> problem + " " + subset);
                    assertEquals(subset.size(), facts.rank());
                }
            }
        }
    }

    private static UfmProblem problem(Loss loss, ClassCounts counts, int d, Bias bias) {
        return new UfmProblem(loss, counts, d, 0.01, 0.002, bias);
    }

    private static UfmProblem problem(JsonObject reference) {
        JsonArray counts = reference.getAsJsonArray("classCounts");
        long[] perClass = new long[counts.size()];
        for (int k = 0; k < perClass.length; k++) {
            perClass[k] = counts.get(k).getAsLong();
        }
        return new UfmProblem(
                "ce".equals(reference.get("loss").getAsString()) ? new CrossEntropy() : new SquaredError(),
                ClassCounts.of(perClass),
                reference.get("featureDimension").getAsInt(),
                reference.get("lambdaW").getAsDouble(),
                reference.get("lambdaH").getAsDouble(),
                Bias.ofLambda(reference.get("lambdaB").getAsDouble()));
    }
}
