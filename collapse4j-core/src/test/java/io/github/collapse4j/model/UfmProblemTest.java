package io.github.collapse4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.testkit.Close;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UfmProblemTest {
    private static final ClassCounts FIVE = ClassCounts.balanced(5, 3);

    private static UfmProblem problem(Loss loss, Bias bias, int d) {
        return new UfmProblem(loss, FIVE, d, 0.02, 0.03, bias);
    }

    @Test
    void largestRankOfACriticalPoint() {
        assertEquals(4, problem(new CrossEntropy(), new Bias.None(), 9).maximalRank());
        assertEquals(4, problem(new CrossEntropy(), new Bias.Free(), 9).maximalRank());
        assertEquals(4, problem(new CrossEntropy(), new Bias.Regularised(1), 9).maximalRank());
        assertEquals(5, problem(new SquaredError(), new Bias.None(), 9).maximalRank());
        assertEquals(4, problem(new SquaredError(), new Bias.Free(), 9).maximalRank());
        assertEquals(5, problem(new SquaredError(), new Bias.Regularised(1), 9).maximalRank());
    }

    @Test
    void theLandscapeIsBenignFromTheLargestRankOn() {
        assertFalse(problem(new CrossEntropy(), new Bias.None(), 3).hasBenignLandscape());
        assertTrue(problem(new CrossEntropy(), new Bias.None(), 4).hasBenignLandscape());
        assertFalse(problem(new SquaredError(), new Bias.Regularised(0.1), 4).hasBenignLandscape());
        assertTrue(problem(new SquaredError(), new Bias.Regularised(0.1), 5).hasBenignLandscape());
        assertTrue(problem(new SquaredError(), new Bias.None(), 1).hasBenignLandscape());
        assertTrue(problem(new SquaredError(), new Bias.Free(), 1).hasBenignLandscape());
        UfmProblem wider = problem(new SquaredError(), new Bias.None(), 5).withFeatureDimension(8);
        assertEquals(8, wider.featureDimension());
        assertTrue(wider.hasBenignLandscape());
        assertEquals(5, wider.classes());
    }

    @Test
    void muIsTheGeometricMeanOfThePenalties() {
        Close.assertClose(
                Math.sqrt(0.0006),
                problem(new CrossEntropy(), new Bias.None(), 1).mu(),
                1e-15,
                "μ");
        UfmProblem tiny = new UfmProblem(new CrossEntropy(), FIVE, 2, 1e-200, 1e-180, new Bias.None());
        Close.assertClose(1e-190, tiny.mu(), 1e-15, "μ of penalties whose product underflows");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void penaltiesMustBePositiveAndFinite(double bad) {
        Loss loss = new CrossEntropy();
        assertNames("lambdaW", () -> new UfmProblem(loss, FIVE, 2, bad, 1, new Bias.None()));
        assertNames("lambdaH", () -> new UfmProblem(loss, FIVE, 2, 1, bad, new Bias.None()));
        assertNames("lambdaB", () -> new Bias.Regularised(bad));
        assertNames("featureDimension", () -> new UfmProblem(loss, FIVE, 0, 1, 1, new Bias.None()));
    }

    @Test
    void biasesByTheirPenalty() {
        assertEquals(new Bias.Free(), Bias.ofLambda(0));
        assertEquals(new Bias.Regularised(0.5), Bias.ofLambda(0.5));
        assertThrows(IllegalArgumentException.class, () -> Bias.ofLambda(-1));
        assertThrows(IllegalArgumentException.class, () -> Bias.ofLambda(Double.NaN));
        assertFalse(new Bias.None().isPresent());
        assertTrue(new Bias.Free().isPresent());
        assertTrue(new Bias.Regularised(0.5).isPresent());
        assertEquals(0, new Bias.None().lambda());
        assertEquals(0, new Bias.Free().lambda());
        assertEquals(0.5, new Bias.Regularised(0.5).lambda());
    }

    private static void assertNames(String field, Runnable call) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, call::run).getMessage());
        assertTrue(message.startsWith(field + ": expected"), message);
    }
}
