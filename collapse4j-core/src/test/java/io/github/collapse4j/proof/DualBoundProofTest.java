package io.github.collapse4j.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.prover.BoundProver;
import io.github.collapse4j.solve.Solution;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lower bounds: below the minimum for any dual point, and tight for the solver's. */
class DualBoundProofTest {
    private static Rational rational(String text) {
        return Rational.parse(text).orElseThrow();
    }

    private static ExactBias bias(String name) {
        return switch (name) {
            case "none" -> new ExactBias.None();
            case "free" -> new ExactBias.Free();
            default -> new ExactBias.Regularised(rational(name));
        };
    }

    private static ExactModel grouped(LossKind loss, String bias) {
        return new ExactModel(
                loss, new long[] {3, 1, 2}, new long[] {8, 5, 2}, rational("1/500"), rational("1/1000"), bias(bias));
    }

    private static ExactModel classes(LossKind loss, String bias) {
        return ExactModel.ofClasses(
                loss, new long[] {8, 8, 8, 5, 2, 2}, rational("1/500"), rational("1/1000"), bias(bias));
    }

    private static double bound(Proof proof) {
        return ProvedTheorem.bound(proof).approximately();
    }

    @ParameterizedTest
    @CsvSource({
        "CROSS_ENTROPY, none", "CROSS_ENTROPY, free", "CROSS_ENTROPY, 1/100",
        "SQUARED_ERROR, none", "SQUARED_ERROR, free", "SQUARED_ERROR, 1/100"
    })
    void theSolversDualPointIsTightGroupedOrNot(LossKind loss, String bias) {
        Solution solution = BoundProver.solve(classes(loss, bias), 6);
        BoundProver byClass = new BoundProver(classes(loss, bias), solution.twin());
        BoundProver byGroup = new BoundProver(grouped(loss, bias), solution.twin());
        double minimum = solution.objective();
        for (BoundProver prover : new BoundProver[] {byClass, byGroup}) {
            double bound = bound(prover.lowerBound());
            assertTrue(bound <= minimum * (1 + 1e-14), bound + " > " + minimum);
            assertTrue(bound >= minimum * (1 - 1e-11), bound + " < " + minimum);
        }
        Theorem.GlobalMinimum one = ProvedTheorem.minimum(byClass.globalMinimum(solution.point()));
        Theorem.GlobalMinimum grouped = ProvedTheorem.minimum(byGroup.strongest(6));
        assertTrue(one.gap().approximately() <= 1e-11 * minimum, () -> "" + one.gap());
        assertTrue(grouped.gap().approximately() <= 1e-11 * minimum, () -> "" + grouped.gap());
        assertEquals(minimum, one.minimum().upper().approximately(), 1e-14 * minimum);
        assertEquals(minimum, grouped.minimum().upper().approximately(), 1e-14 * minimum);
    }

    @ParameterizedTest
    @CsvSource({
        "CROSS_ENTROPY, none", "CROSS_ENTROPY, free", "CROSS_ENTROPY, 1/100",
        "SQUARED_ERROR, none", "SQUARED_ERROR, free", "SQUARED_ERROR, 1/100"
    })
    void anyDualPointGivesABoundBelowTheMinimum(LossKind loss, String bias) {
        Random random = new Random(3);
        double byClass = BoundProver.solve(classes(loss, bias), 6).objective();
        for (int i = 0; i < 60; i++) {
            boolean group = i % 2 == 0;
            ExactModel model = group ? grouped(loss, bias) : classes(loss, bias);
            int n = model.groups();
            double[][] columns = new double[n][n];
            double size = Math.pow(10, -4 * random.nextDouble()) / 6;
            for (double[] column : columns) {
                Arrays.setAll(column, h -> size * random.nextDouble());
            }
            double[] own = new double[loss == LossKind.CROSS_ENTROPY ? 0 : n];
            Arrays.setAll(own, g -> -random.nextDouble() * size);
            for (int g = 0; !group && g < own.length; g++) {
                columns[g][g] = own[g];
            }
            double scale = random.nextBoolean() ? 1 : random.nextDouble();
            double bound = bound(new Proof.GlobalLowerBound(model, new DualPoint(columns, own, scale)));
            assertTrue(bound <= byClass, bound + " > " + byClass);
        }
    }

    @Test
    void pointMassesGiveZero() {
        ExactModel model = classes(LossKind.CROSS_ENTROPY, "free");
        double bound = bound(new Proof.GlobalLowerBound(model, new DualPoint(new double[6][6], new double[0], 1)));
        assertTrue(bound <= 0 && bound > -1e-70, () -> "" + bound);
    }

    @Test
    void aMillionClassesInTwoGroups() {
        ExactModel model = new ExactModel(
                LossKind.CROSS_ENTROPY,
                new long[] {900_000, 100_000},
                new long[] {1000, 5},
                rational("1/2000"),
                rational("1/1000000000000000"),
                new ExactBias.Regularised(rational("1/100")));
        Solution solution = BoundProver.solve(model, 1_000_000);
        BoundProver prover = new BoundProver(model, solution.twin());
        double minimum = solution.objective();
        double bound = bound(prover.lowerBound());
        assertTrue(ProvedTheorem.minimum(prover.strongest(1_000_000)).gap().approximately() <= 1e-9 * minimum);
        assertInstanceOf(Proof.GlobalLowerBound.class, prover.strongest(solution.rank() - 1));
        assertTrue(bound <= minimum && bound >= minimum * (1 - 1e-9), bound + ", " + minimum);
    }
}
