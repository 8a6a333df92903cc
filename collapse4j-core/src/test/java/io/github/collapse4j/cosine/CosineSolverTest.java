package io.github.collapse4j.cosine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.testkit.Close;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CosineSolverTest {
    private final CosineSolver solver = new CosineSolver(CosineSolver.Options.defaults());

    /** {@code log(1 + (K − 1)·exp(−τ(K/(K − 1) − m)))}, to full relative accuracy however small. */
    @ParameterizedTest
    @CsvSource({
        "2, 1, 1, 0",
        "2, 2, 30, 0.4",
        "3, 2, 3, 0",
        "4, 9, 16, 0.35",
        "10, 10, 64, 0.2",
        "10, 9, 0.01, 0",
        "40, 64, 30, 0"
    })
    void balanced(int classes, int dimension, double temperature, double margin) {
        CosineProblem problem =
                CosineProblem.ofClasses(ClassCounts.balanced(classes, 7), dimension, temperature, margin);
        CosineSolution solution = solver.solve(problem);
        double others = classes - 1;
        double expected = Math.log1p(others * Math.exp(-temperature * (classes / others - margin)));
        Close.assertClose(expected, problem.closedForm().orElseThrow(), 1e-14, "closed form");
        // The own cosine is rounded; the temperature magnifies that.
        Close.assertClose(expected, solution.objective(), 1e-15 * (4 + 4 * temperature), "minimum");
        Close.assertAtMost(1e-10, solution.relativeGap(), "gap");
        assertEquals(classes - 1, solution.rank());
    }

    @Test
    void twoClassesOfAnySize() {
        CosineSolution solution = solver.solve(CosineProblem.ofClasses(ClassCounts.of(1000, 3), 1, 5, 0.1));
        Close.assertClose(Math.log1p(Math.exp(-5 * 1.9)), solution.objective(), 1e-13, "minimum");
        Close.assertAtMost(1e-10, solution.relativeGap(), "gap");
    }

    @Test
    void longTailOfAHundredClasses() {
        long[] counts = new long[100];
        Arrays.setAll(counts, k -> (long) Math.floor(500 * Math.pow(0.01, k / 99.0)));
        CosineSolution solution = solver.solve(CosineProblem.ofClasses(ClassCounts.of(counts), 100, 16, 0));
        Close.assertAtMost(1e-10, solution.relativeGap(), "gap");
    }

    @Test
    void groupsOfAClassDoNotMatter() {
        CosineProblem whole = CosineProblem.ofClasses(ClassCounts.of(50, 20, 10), 3, 4, 0.1);
        CosineProblem split = new CosineProblem(
                3, new int[] {1, 0, 2, 0, 1}, ClassCounts.of(12, 49, 10, 1, 8), 3, 4, new double[] {0.1, 0.1, 0.1});
        Close.assertClose(solver.solve(whole).objective(), solver.solve(split).objective(), 1e-12, "minimum");
        Close.assertAtMost(1e-10, solver.solve(split).relativeGap(), "gap");
    }

    /** Below d = K − 1 nothing attains the bound, which still holds. */
    @Test
    void fewDimensions() {
        CosineProblem problem = CosineProblem.ofClasses(ClassCounts.of(10, 10, 10, 10), 2, 3, 0);
        CosineSolution solution = solver.solve(problem);
        Close.assertClose(0.09717470314748389, solution.objective(), 1e-12, "four points on the circle");
        Close.assertClose(
                problem.withFeatureDimension(3).closedForm().orElseThrow(),
                solution.lowerBound().value(),
                1e-10,
                "bound");
        assertInstanceOf(
                CosineVerdict.LocalMinimum.class,
                new CosineAssessor(CosineAssessor.Options.defaults())
                        .assess(problem, solution.point())
                        .verdict());
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "3, -1, 0", "3, NaN, 0", "3, 1, -0.1", "3, 1, Infinity"})
    void refusesWhatIsOutOfRange(int dimension, double temperature, double margin) {
        assertThrows(
                IllegalArgumentException.class,
                () -> CosineProblem.ofClasses(ClassCounts.of(3, 2, 1), dimension, temperature, margin));
    }
}
