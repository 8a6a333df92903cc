package io.github.collapse4j.nonnegative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.UfmModel;
import io.github.collapse4j.model.UfmPoint;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.SolveOptions;
import io.github.collapse4j.testkit.Close;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Units that classes share, in groups of exchangeable classes: cross-entropy with a free bias needs them. */
class SharedClassUnitsTest {
    private static UfmProblem problem(TrainingLoss loss, Bias bias, long... counts) {
        ClassCounts classCounts = ClassCounts.of(counts);
        return new UfmProblem(loss.ofClasses(classCounts), classCounts, counts.length, 5e-4, 1e-4, bias);
    }

    private static long[] counts(int... sizesAndCounts) {
        long[] counts = {};
        for (int i = 0; i < sizesAndCounts.length; i += 2) {
            int from = counts.length;
            counts = Arrays.copyOf(counts, from + sizesAndCounts[i]);
            Arrays.fill(counts, from, counts.length, sizesAndCounts[i + 1]);
        }
        return counts;
    }

    @Test
    void haveTheValueOfTheirPointAndTheBoundOfItsClasses() {
        for (TrainingLoss.Kind kind : TrainingLoss.Kind.values()) {
            TrainingLoss loss = TrainingLoss.of(kind);
            for (TrainingLoss variant :
                    new TrainingLoss[] {loss, loss.withSmoothing(0.1).withClassWeights(1, 1, 1, 2, 2, 2, 3)}) {
                for (Bias bias : new Bias[] {new Bias.Free(), new Bias.Regularised(0.01), new Bias.None()}) {
                    UfmProblem problem = problem(variant, bias, counts(3, 60, 3, 7, 1, 4));
                    SharedClassUnits found =
                            SharedClassUnits.of(new NonnegativeProblem(problem), LassoSolution.of(problem), 0, 1e-12);
                    String name = variant + " " + bias;
                    UfmModel model = UfmModel.reduced(problem);
                    UfmPoint point = found.point();
                    Close.assertClose(found.objective(), model.value(point), 1e-13, name);
                    double bound =
                            NonnegativeBound.of(model, point, found.objective()).value();
                    Close.assertClose(bound, found.lowerBound().value(), 1e-9, name);
                }
            }
        }
    }

    @Test
    void derivativesAreThoseOfTheValue() {
        UfmProblem problem = problem(
                TrainingLoss.of(TrainingLoss.Kind.SOFTMAX), new Bias.Regularised(0.02), counts(3, 60, 2, 7, 1, 4));
        LassoSolution lasso = LassoSolution.of(problem);
        GroupUnits function = new GroupUnits(lasso.model());
        double[] x = function.start(lasso, 0.5, 3);
        double[] direction = function.start(lasso, 1, 4);
        double[] gradient = new double[x.length];
        double[] ahead = new double[x.length];
        double[] behind = new double[x.length];
        double step = 1e-5;
        double up = function.linearize(moved(x, direction, step), ahead);
        double down = function.linearize(moved(x, direction, -step), behind);
        function.linearize(x, gradient);
        double slope = 0;
        double[] image = new double[x.length];
        function.hessianVector(direction, image);
        for (int i = 0; i < x.length; i++) {
            slope += gradient[i] * direction[i];
            assertEquals((ahead[i] - behind[i]) / (2 * step), image[i], 1e-8, "entry " + i);
        }
        assertEquals((up - down) / (2 * step), slope, 1e-8);
    }

    private static double[] moved(double[] x, double[] direction, double step) {
        double[] moved = x.clone();
        Arrays.setAll(moved, i -> x[i] + step * direction[i]);
        return moved;
    }

    /** The value that descents over all factors of the classes find, too. */
    @Test
    void aFewClassesHaveTheMinimumOfDescentsOverAllFactors() {
        UfmProblem problem =
                problem(TrainingLoss.of(TrainingLoss.Kind.SOFTMAX), new Bias.Free(), counts(10, 100, 20, 9));
        NonnegativeSolution found =
                new NonnegativeSolver(SolveOptions.defaults()).solve(new NonnegativeProblem(problem));
        assertInstanceOf(SharedClassUnits.class, found);
        Close.assertClose(0.256900744211377, found.objective(), 1e-12, "minimum");
        Close.assertAtMost(1e-10, found.relativeGap(), "gap");
        assertEquals(30, found.survivingClasses().length);
    }

    @Test
    void manyClassesAreCertifiedInTwoGroups() {
        for (int scale : new int[] {100, 100_000}) {
            UfmProblem problem = problem(
                    TrainingLoss.of(TrainingLoss.Kind.SOFTMAX), new Bias.Free(), counts(scale, 100, 2 * scale, 9));
            UfmProblem scaled = new UfmProblem(
                    problem.loss(), problem.counts(), problem.classes(), 5e-4, 1e2 / scale / scale, new Bias.Free());
            NonnegativeSolution found =
                    new NonnegativeSolver(SolveOptions.defaults()).solve(new NonnegativeProblem(scaled));
            // Round-off is charged for every class: that of 300,000 is a few 1e-9.
            Close.assertAtMost(scale == 100 ? 1e-10 : 1e-8, found.relativeGap(), "gap, " + scale);
        }
    }
}
