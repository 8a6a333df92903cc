package io.github.collapse4j.prover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.proof.ExactBias;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.Fraction;
import io.github.collapse4j.proof.Interval;
import io.github.collapse4j.proof.LossKind;
import io.github.collapse4j.proof.Rational;
import io.github.collapse4j.proof.Theorem;
import io.github.collapse4j.proof.TrainedLoss;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Spurious minima that docs/theory.md names, found and proved. */
class MinimumSearchTest {
    private static final int STARTS = 64;

    private static Rational rational(String text) {
        return Rational.parse(text).orElseThrow();
    }

    private static ExactModel model(String lambdaW, String lambdaH, ExactBias bias, long... counts) {
        return ExactModel.ofClasses(LossKind.CROSS_ENTROPY, counts, rational(lambdaW), rational(lambdaH), bias);
    }

    private static long[] balanced(int classes, long count) {
        long[] counts = new long[classes];
        Arrays.fill(counts, count);
        return counts;
    }

    private static Theorem.SpuriousLocalMinimum proved(ExactModel model, int d) {
        MinimumSearch.Result result = new MinimumSearch(model, d).search(1, STARTS);
        MinimumSearch.Result.Found found = assertInstanceOf(MinimumSearch.Result.Found.class, result);
        return assertInstanceOf(
                Theorem.SpuriousLocalMinimum.class, found.verification().theorem());
    }

    private static void assertValue(double expected, Interval value) {
        assertTrue(
                Interval.of(expected - 1e-8).isBelow(value) && value.isBelow(Interval.of(expected + 1e-8)),
                value::toString);
    }

    @Test
    void threeClassesOnALine() {
        Theorem.SpuriousLocalMinimum theorem = proved(model("1/250", "1/500", new ExactBias.Free(), 9, 5, 2), 1);
        assertEquals(1, theorem.nullity());
        assertValue(0.11048132, theorem.value());
    }

    @Test
    void eightClassesInFiveDimensions() {
        Theorem.SpuriousLocalMinimum theorem =
                proved(model("3/1000", "1/2000", new ExactBias.Regularised(rational("1/10")), balanced(8, 9)), 5);
        assertEquals(10, theorem.nullity());
        assertValue(0.18129733, theorem.value());
        assertValue(0.18125817, theorem.lowerValue());
    }

    @Test
    void fourClassesWithAFreeBias() {
        Theorem.SpuriousLocalMinimum theorem = proved(model("1/8", "1/8", new ExactBias.Free(), balanced(4, 1)), 2);
        assertValue(1.1563580543, theorem.value());
    }

    @Test
    void fiveClassesInThreeDimensions() {
        proved(model("1/800", "1/1000", new ExactBias.Free(), 8, 9, 1, 9, 6), 3);
        proved(model("1/512", "1/512", new ExactBias.None(), balanced(5, 1)), 3);
    }

    @Test
    void fiveClassesWithASmallestEigenvalueNearTheLimitOfDoubles() {
        proved(model("1/800", "1/4000", new ExactBias.Regularised(rational("1/100")), balanced(5, 10)), 3);
    }

    @Test
    void simplicesOfSixToTwelveClasses() {
        for (int classes = 6; classes <= 12; classes++) {
            ExactModel model =
                    model("3/" + 10 * classes, "3/" + 10 * classes, new ExactBias.None(), balanced(classes, 1));
            proved(model, classes - 2);
        }
    }

    /** Squared error with a regularised bias: a frequent class takes the only dimension, or leaves it to a rare one. */
    @Test
    void squaredErrorWithARegularisedBias() {
        ExactModel model = ExactModel.ofClasses(
                LossKind.SQUARED_ERROR,
                new long[] {1_000_000, 10},
                rational("1/4000000"),
                rational("1/4000000"),
                new ExactBias.Regularised(rational("3/10000")));
        Theorem.SpuriousLocalMinimum theorem = proved(model, 1);
        // docs/theory.md §4: f = ½ − max_u φ(u)/(2N), φ's local maxima in 40 digits
        assertValue(1.50476102e-4, theorem.value());
        assertValue(1.49797109e-4, theorem.lowerValue());
    }

    /** Weighted squared error without bias: minima in closed form, one for each class that takes the only dimension. */
    @Test
    void weightedSquaredError() {
        double lambda = 0.215;
        ExactModel model = ExactModel.ofClasses(
                LossKind.SQUARED_ERROR,
                new long[] {3, 1},
                rational("215/1000"),
                rational("215/1000"),
                new ExactBias.None(),
                Optional.of(new TrainedLoss(
                        Fraction.ZERO, List.of(rational("1"), rational("2")), Fraction.ZERO, List.of(), List.of())));
        Theorem.SpuriousLocalMinimum theorem = proved(model, 1);
        assertValue(valueOfClass(1, 1.6, 4 * lambda), theorem.value());
        assertValue(valueOfClass(3, 0.8, 4 * lambda), theorem.lowerValue());
    }

    /** ½ minus what a class of n samples of weight w gains by taking the only dimension. */
    private static double valueOfClass(int n, double w, double muN) {
        double gain = Math.pow(Math.max(0, Math.sqrt(n * w) - muN / Math.sqrt(w)), 2);
        return 0.5 - gain / 8;
    }
}
