package io.github.collapse4j.solve;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.collapse4j.certificate.Assessor;
import io.github.collapse4j.certificate.Verdict;
import io.github.collapse4j.fixtures.Problems;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every minimum is certified, over many decades of μ and λ_b, and the certificate holds for the factors written. */
class CertifiedGridTest {
    private static final GlobalSolver SOLVER = new GlobalSolver(SolveOptions.defaults());
    private static final double CROSS_ENTROPY_GAP = 1e-8;
    /** Residuals of squared error are accurate relative to their own size: a few hundred units of round-off. */
    private static final double SQUARED_ERROR_GAP = 1e-12;

    record Row(Loss loss, ClassCounts counts) {}

    static Stream<Row> rows() {
        List<ClassCounts> sets = List.of(
                ClassCounts.balanced(4, 5),
                ClassCounts.of(4, 3, 2),
                ClassCounts.of(40, 25, 9, 3, 1),
                ClassCounts.of(1000, 1),
                ClassCounts.of(IntStream.range(0, 20).mapToLong(k -> 3 + 7L * k).toArray()));
        return Stream.of(new SquaredError(), new CrossEntropy())
                .flatMap(loss -> sets.stream().map(counts -> new Row(loss, counts)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyMinimumIsCertified(Row row) {
        List<Bias> biases = new ArrayList<>(List.of(new Bias.None(), new Bias.Free()));
        boolean squaredError = row.loss() instanceof SquaredError;
        for (int power = squaredError ? -14 : -10; power <= -1; power++) {
            biases.add(new Bias.Regularised(Math.pow(10, power)));
        }
        for (int power = -9; power <= -2; power++) {
            double mu = Math.pow(10, power);
            for (Bias bias : biases) {
                UfmProblem problem =
                        new UfmProblem(row.loss(), row.counts(), row.counts().classes(), mu / 3, mu * 3, bias);
                Solution solution = SOLVER.solve(problem);
                String what = Problems.describe(problem);
                assertInstanceOf(Solution.GlobalMinimum.class, solution, what);
                Close.assertAtMost(squaredError ? SQUARED_ERROR_GAP : CROSS_ENTROPY_GAP, solution.relativeGap(), what);
                double written = UfmModel.reduced(problem).value(solution.point());
                Close.assertClose(solution.objective(), written, 1e-11, "value of the factors, " + what);
            }
        }
    }

    /** The value is that of L-BFGS on the factors, and the bound comes from a dual point of it. */
    @Test
    void aProblemOnWhichNewtonOnFactorsWasTwelvePercentOff() {
        UfmProblem problem =
                new UfmProblem(new SquaredError(), ClassCounts.of(4, 3, 2), 3, 1e-6, 1e-6, new Bias.Regularised(1e-6));
        Solution solution = SOLVER.solve(problem);
        Close.assertClose(3.558598e-6, solution.objective(), 1e-7, "objective");
        Close.assertAtMost(1e-13, solution.relativeGap(), "gap");
    }

    @Test
    void everyBalancedProblemIsCertified() {
        Seeded.range(1100, 3000).forEach(seeded -> {
            int classes = seeded.between(2, 100);
            long perClass = Math.round(seeded.logUniform(1, 1e6));
            Loss loss = seeded.random().nextBoolean() ? new SquaredError() : new CrossEntropy();
            Bias bias = List.of(new Bias.None(), new Bias.Free(), new Bias.Regularised(seeded.logUniform(1e-12, 10)))
                    .get(seeded.between(0, 2));
            double ratio = seeded.logUniform(1e-3, 1e3);
            double mu = seeded.logUniform(1e-12, 2);
            UfmProblem problem = new UfmProblem(
                    loss, ClassCounts.balanced(classes, perClass), classes, mu * ratio, mu / ratio, bias);
            Solution solution = SOLVER.solve(problem);
            String what = Problems.describe(problem) + ", " + seeded;
            assertInstanceOf(Verdict.GlobalMinimum.class, solution.verdict(Assessor.Options.defaults()), what);
            Close.assertAtMost(1e-10, solution.relativeGap(), what);
        });
    }
}
