package io.github.collapse4j.nonnegative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.CrossEntropy;
import io.github.collapse4j.model.Loss;
import io.github.collapse4j.model.TrainingLoss;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.SolveOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Long tails in which all counts differ and classes share units. */
@Tag("heavy")
class SharedUnitsTest {
    private static ClassCounts tail(int classes, double first, double last) {
        long[] counts = new long[classes];
        for (int k = 0; k < classes; k++) {
            counts[k] = Math.round(first * Math.pow(last / first, k / (classes - 1.0)));
        }
        return ClassCounts.of(counts);
    }

    private static void assertCertified(Loss loss, ClassCounts counts, double lambdaH, Bias bias) {
        int classes = counts.classes();
        UfmProblem free = new UfmProblem(loss, counts, classes, 5e-4, lambdaH, bias);
        LassoSolution lasso = LassoSolution.of(free);
        NonnegativeSolution found = new NonnegativeSolver(SolveOptions.defaults()).solve(new NonnegativeProblem(free));
        assertTrue(found.relativeGap() <= 1e-10, () -> "gap " + found.relativeGap());
        assertTrue(found.objective() < lasso.objective());
        assertEquals(NonnegativeSolution.Method.SHARED_UNITS, found.method());
    }

    @Test
    void crossEntropyWithAFreeBias() {
        assertCertified(new CrossEntropy(), tail(50, 1000, 10), 1e-5, new Bias.Free());
        assertCertified(new CrossEntropy(), tail(60, 3000, 5), 1e-6, new Bias.Free());
        assertCertified(new CrossEntropy(), tail(60, 1000, 10), 1e-5, new Bias.Free());
    }

    /** Groups of one class and of several, of which those with few samples share their units. */
    @Test
    void someClassesHaveEqualCounts() {
        assertCertified(new CrossEntropy(), tail(100, 1280, 5), 1e-6, new Bias.Free());
    }

    @Test
    void binaryCrossEntropyWithoutBias() {
        ClassCounts counts = tail(40, 1000, 10);
        assertCertified(TrainingLoss.of(TrainingLoss.Kind.SIGMOID).ofClasses(counts), counts, 1e-5, new Bias.None());
    }

    /** In fewer dimensions than are needed, the lowest of a few descents, with the bound of all dimensions. */
    @Test
    void manyClassesInFewDimensions() {
        UfmProblem free =
                new UfmProblem(new CrossEntropy(), tail(210, 900, 90), 3, 5e-4, 1e-7, new Bias.Regularised(0.01));
        NonnegativeSolution found = new NonnegativeSolver(SolveOptions.defaults()).solve(new NonnegativeProblem(free));
        assertEquals(NonnegativeSolution.Method.MULTI_START, found.method());
        assertTrue(found.neededWidth() > 3);
        assertTrue(found.lowerBound().value() < found.objective());
        assertTrue(found.objective() < Math.log(210));
    }
}
