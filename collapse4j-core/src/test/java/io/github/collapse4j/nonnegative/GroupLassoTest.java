package io.github.collapse4j.nonnegative;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.testkit.Close;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The group lasso in groups of exchangeable classes. */
class GroupLassoTest {
    /** With and without grouping, for every bias mode and loss: factors have the value and the bound of the groups. */
    @Test
    void groupsHaveTheValueAndTheBoundOfTheirClasses() {
        ClassCounts counts = ClassCounts.of(30, 8, 30, 8, 8, 3);
        for (TrainingLoss.Kind kind : TrainingLoss.Kind.values()) {
            for (Bias bias : new Bias[] {new Bias.None(), new Bias.Free(), new Bias.Regularised(0.02)}) {
                TrainingLoss loss = TrainingLoss.of(kind);
                for (TrainingLoss variant :
                        new TrainingLoss[] {loss, loss.withSmoothing(0.1).withClassWeights(1, 2, 1, 2, 2, 3)}) {
                    UfmProblem problem = new UfmProblem(variant.ofClasses(counts), counts, 6, 4e-3, 1e-3, bias);
                    LassoSolution lasso = LassoSolution.of(problem);
                    UfmPoint point = lasso.point(6);
                    UfmModel model = UfmModel.reduced(problem);
                    String name = variant + " " + bias;
                    Close.assertClose(lasso.objective(), model.value(point), 1e-13, name);
                    double bound =
                            NonnegativeBound.of(model, point, lasso.objective()).value();
                    // Below the bound of groups by the polar's enclosure, which for several classes is that of Γ.
                    Close.assertClose(bound, lasso.lowerBound().value(), 1e-11, name);
                }
            }
        }
    }

    /** docs/theory.md §14 for a million classes: {@code q = (μN/√n)√((K−1)/K)}. */
    @Test
    void aMillionClassesInTwoGroups() {
        int classes = 1_000_000;
        long[] counts = new long[classes];
        Arrays.fill(counts, 0, 900_000, 1000);
        Arrays.fill(counts, 900_000, classes, 5);
        double lambdaW = 5e-4;
        double lambdaH = 1e-18;
        UfmProblem problem =
                new UfmProblem(new CrossEntropy(), ClassCounts.of(counts), classes, lambdaW, lambdaH, new Bias.None());
        NonnegativeSolution solution =
                new NonnegativeSolver(SolveOptions.defaults()).solve(new NonnegativeProblem(problem));
        double samples = 900_000 * 1000.0 + 100_000 * 5.0;
        double c = Math.sqrt((classes - 1.0) / classes);
        double expected = 0;
        for (double[] group : new double[][] {{900_000, 1000}, {100_000, 5}}) {
            double q = problem.mu() * samples / Math.sqrt(group[1]) * c;
            double z = Math.log((classes - 1.0) * (1 / q - 1));
            expected += group[0]
                    * (group[1] / samples * Math.log1p((classes - 1.0) * Math.exp(-z))
                            + problem.mu() * Math.sqrt(group[1]) * z * c);
        }
        Close.assertClose(expected, solution.objective(), 1e-13, "minimum");
        Close.assertAtMost(1e-10, solution.relativeGap(), "gap");
        assertEquals(classes, solution.neededWidth());
    }

    @Test
    void aLongTailWithARegularisedBias() {
        long[] counts = IntStream.range(0, 200)
                .mapToLong(k -> Math.round(1280 * Math.pow(5.0 / 1280, k / 199.0)))
                .toArray();
        UfmProblem problem =
                new UfmProblem(new CrossEntropy(), ClassCounts.of(counts), 200, 5e-4, 1e-7, new Bias.Regularised(0.01));
        LassoSolution lasso = LassoSolution.of(problem);
        Close.assertAtMost(1e-10, lasso.lowerBound().relativeGap(lasso.objective()), "gap");
        assertEquals(200, lasso.survivors());
    }
}
