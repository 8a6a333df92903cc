package io.github.collapse4j.solve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.fixtures.BiasOnly;
import io.github.collapse4j.fixtures.Problems;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.MultiStart;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The smallest, the largest and the degenerate problems. */
class EdgeCasesTest {
    private static final GlobalSolver SOLVER = new GlobalSolver(SolveOptions.defaults());

    record Kind(Loss loss, Bias bias) {
        UfmProblem problem(double mu, int d, long... counts) {
            return new UfmProblem(loss, ClassCounts.of(counts), d, mu, mu, bias);
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(new CrossEntropy(), new SquaredError())
                .flatMap(loss -> Stream.of(new Bias.None(), new Bias.Free(), new Bias.Regularised(0.1))
                        .map(bias -> new Kind(loss, bias)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aSingleClassIsRejected(Kind kind) {
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> kind.problem(0.01, 1, 7))
                .getMessage());
        assertEquals("counts: expected at least 2 classes, found 1", message);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void twoClassesOfOneSample(Kind kind) {
        check(kind.problem(0.02, 2, 1, 1));
        check(kind.problem(0.02, 2, 1, 50));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void oneSampleEach(Kind kind) {
        check(kind.problem(0.01, 5, 1, 1, 1, 1, 1));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void extremeImbalance(Kind kind) {
        check(kind.problem(1e-4, 3, 1, 1_000, 1_000_000));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void tinyPenalties(Kind kind) {
        check(kind.problem(1e-9, 4, 10, 10, 3, 1));
    }

    private static void check(UfmProblem problem) {
        UfmModel model = UfmModel.reduced(problem);
        Solution solution = SOLVER.solve(problem);
        String what = Problems.describe(problem);
        Close.assertClose(solution.objective(), model.value(solution.point()), 1e-12, "at the point, " + what);
        Close.assertClose(0, solution.relativeGap(), 0, 1e-11, "gap, " + what);
        double lowest = new MultiStart(1).best(model, 4).objective();
        Close.assertAtMost(lowest * (1 + 1e-9), solution.objective(), "against descents, " + what);
        Close.assertAtMost(lowest * (1 + 1e-13), solution.lowerBound().value(), "bound, " + what);
    }

    /** Above the threshold for μ only the bias remains. */
    @ParameterizedTest
    @MethodSource("kinds")
    void everythingCollapses(Kind kind) {
        for (long[] counts : new long[][] {{5, 5, 5, 5}, {9, 4, 4, 1}}) {
            UfmProblem problem = kind.problem(1, 2, counts);
            Solution solution = SOLVER.solve(problem);
            assertInstanceOf(Solution.GlobalMinimum.class, solution);
            UfmPoint bias = BiasOnly.point(problem);
            Close.assertClose(UfmModel.reduced(problem).value(bias), solution.objective(), 1e-12, "objective");
            assertEquals(0, solution.rank(), Problems.describe(problem));
            UfmPoint point = solution.point();
            Close.assertClose(0, Vectors.maxAbs(point.classifier().data()), 0, 1e-6, "W");
            Close.assertAtMost(1 + 1e-9, solution.twin().sigmaOverMu(), "σ/μ");
            for (boolean collapsed : Geometry.of(solution.twin()).collapsed()) {
                assertTrue(collapsed);
            }
        }
    }

    /** docs/theory.md §6: groups of several classes merge exactly when √n ≤ μN, for either loss and any bias. */
    @ParameterizedTest
    @MethodSource("kinds")
    void minorityCollapse(Kind kind) {
        long[] counts = {100, 100, 25, 25, 25, 4, 4};
        double samples = 283;
        for (double between : new double[] {1.99, 2.01, 4.99, 5.01, 9.99}) {
            UfmProblem problem = kind.problem(between / samples, 7, counts);
            Solution solution = SOLVER.solve(problem);
            double[] separation = solution.twin().point().separation();
            boolean[] expected = {10 <= between, 5 <= between, 2 <= between};
            for (int g = 0; g < 3; g++) {
                boolean apart = separation[g] > 1e-9;
                assertEquals(!expected[g], apart, "group " + g + " at μN = " + between + ", " + kind);
            }
            assertArrayEquals(expected, Geometry.of(solution.twin()).collapsed());
            Close.assertClose(0, solution.relativeGap(), 0, 1e-11, "gap at μN = " + between + ", " + kind);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aMillionClassesInTwoGroups(Kind kind) {
        long[] counts = new long[1_000_000];
        Arrays.fill(counts, 0, 1_000, 500);
        Arrays.fill(counts, 1_000, counts.length, 2);
        double samples = 500.0 * 1_000 + 2.0 * 999_000;
        // Between the thresholds √2/N and √500/N: the small classes merge.
        UfmProblem problem = kind.problem(4 / samples, 1_000_000, counts);
        Solution solution = SOLVER.solve(problem);
        assertInstanceOf(Solution.GlobalMinimum.class, solution);
        Close.assertClose(0, solution.relativeGap(), 0, 1e-8, "gap");
        Close.assertAtLeast(999, solution.rank(), "rank");
        Close.assertAtMost(1001, solution.rank(), "rank");
        assertArrayEquals(
                new boolean[] {false, true}, Geometry.of(solution.twin()).collapsed());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void manyDifferentCountsAreSolvedFromCoarseToFine(int copies) {
        // 40 groups are more than the coarsest level has; about half of them collapse.
        long[] counts = new long[40 * copies];
        long samples = 0;
        for (int k = 0; k < counts.length; k++) {
            counts[k] = 1 + 3L * (k / copies);
            samples += counts[k];
        }
        for (Kind kind : kinds().toList()) {
            UfmProblem problem = kind.problem(8.1 / samples, counts.length, counts);
            List<Integer> sizes = new ArrayList<>();
            TwinSolution twin = new TwinSolver(SolveOptions.defaults(), (groups, iteration, value, gap, products) -> {
                        sizes.add(groups);
                    })
                    .solve(problem);
            // With a free bias and cross-entropy, the bound charges the round-off of ∇g·1 times N/n for the smallest n
            // = 1.
            boolean charged = kind.bias() instanceof Bias.Free;
            Close.assertClose(0, twin.relativeGap(), 0, charged ? 1e-8 : 1e-11, "gap, " + kind);
            assertTrue(sizes.get(0) < 40, "the first level is coarse");
            assertEquals(40, sizes.get(sizes.size() - 1));
            boolean[] collapsed = Geometry.of(twin).collapsed();
            for (int g = 0; copies > 1 && g < 40; g++) {
                boolean apart = twin.point().separation()[g] > 1e-9;
                assertEquals(!collapsed[g], apart, "group " + g + ", " + kind);
            }
        }
    }

    @Test
    void searchingBelowTheRankHasALimit() {
        UfmProblem wide = new UfmProblem(
                new CrossEntropy(), ClassCounts.balanced(30_000, 2), 29_000, 1e-8, 1e-8, new Bias.None());
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> SOLVER.solve(wide))
                .getMessage());
        assertTrue(message.startsWith("featureDimension: the global minimum has rank 29999"), message);
    }

    @Test
    void seedAndStartsOfTheSearchAreTheOptions() {
        UfmProblem narrow = new UfmProblem(
                new CrossEntropy(), ClassCounts.balanced(8, 9), 5, 0.003, 0.0005, new Bias.Regularised(0.1));
        SolveOptions options = SolveOptions.defaults().withStarts(3).withSeed(11);
        Solution.BestFound found = assertInstanceOf(Solution.BestFound.class, new GlobalSolver(options).solve(narrow));
        assertEquals(3, found.starts());
        assertEquals(new MultiStart(11).best(UfmModel.reduced(narrow), 3).objective(), found.objective());
    }

    @Test
    void optionsOutOfRangeAreRejected() {
        assertThrows(IllegalArgumentException.class, () -> new SolveOptions(-1, 1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new SolveOptions(Double.NaN, 1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new SolveOptions(0, 0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new SolveOptions(0, 1, 0, 0));
        assertEquals(0.5, SolveOptions.defaults().withRelativeGap(0.5).relativeGap());
        assertFalse(SolveOptions.defaults().equals(SolveOptions.defaults().withSeed(1)));
    }
}
