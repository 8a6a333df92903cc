package io.github.collapse4j.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.testkit.BigReal;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.FiniteDifference;
import io.github.collapse4j.testkit.Seeded;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every loss. Subclasses supply the loss and its formulas to 60 digits. */
abstract class LossContract {
    private static final double UNIT_ROUND_OFF = 0x1p-53;

    abstract Loss loss();

    /** The loss of a column without multiplicities. */
    abstract BigDecimal value(BigDecimal[] logits, int own);

    /** The gradient with respect to the logits. */
    abstract BigDecimal[] residual(BigDecimal[] logits, int own);

    /** The second derivative with respect to the logits, times a direction. */
    abstract BigDecimal[] curvature(BigDecimal[] logits, int own, BigDecimal[] direction);

    /** The convex conjugate at {@code scale·residual}, which is finite there. */
    abstract BigDecimal conjugate(BigDecimal[] residual, int own, BigDecimal scale);

    static Stream<TestColumn> samples() {
        return TestColumn.samples();
    }

    static Stream<TestColumn> withMultiplicities() {
        return TestColumn.withMultiplicities();
    }

    /** A difference of logits is rounded once before exponentiation, and a few operations follow. */
    private static double tolerance(TestColumn column) {
        return 4 * UNIT_ROUND_OFF * (4 + column.largest());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void valueAndResidualKeepFullRelativePrecision(TestColumn column) {
        BigDecimal[] logits = big(column.logits());
        double tolerance = tolerance(column);
        Close.assertClose(
                value(logits, column.own()).doubleValue(),
                column.value(loss()),
                tolerance,
                Double.MIN_NORMAL,
                "value, " + column);
        BigDecimal[] expected = residual(logits, column.own());
        double[] found = column.residual(loss());
        for (int h = 0; h < found.length; h++) {
            Close.assertClose(
                    expected[h].doubleValue(), found[h], tolerance, Double.MIN_NORMAL, "residual " + h + ", " + column);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void curvatureAgreesWithTheExactOne(TestColumn column) {
        Seeded seeded = Seeded.of(column.length());
        for (int trial = 0; trial < 3; trial++) {
            double[] direction = seeded.gaussian(column.length(), 1);
            BigDecimal[] expected = curvature(big(column.logits()), column.own(), big(direction));
            double[] found = column.curvature(loss(), direction);
            for (int h = 0; h < found.length; h++) {
                Close.assertClose(
                        expected[h].doubleValue(),
                        found[h],
                        0,
                        2 * tolerance(column) * curvatureTerms(column, direction, h) + Double.MIN_NORMAL,
                        "curvature " + h + ", " + column + ", " + seeded);
            }
        }
    }

    /**
     * The magnitude of the terms that add up to an entry: m_h·Σ m_j(d_h − d_j) with masses m, or m_h·d_h. The own mass
     * of cross-entropy is known only to absolute round-off, so it is replaced by 1.
     */
    private double curvatureTerms(TestColumn column, double[] direction, int h) {
        double[] residual = column.residual(loss());
        if (!loss().isShiftInvariant()) {
            return Math.abs(direction[h]);
        }
        double terms = 0;
        for (int j = 0; j < residual.length; j++) {
            double mass = j == column.own() ? 1 : residual[j];
            terms += mass * Math.abs(direction[h] - direction[j]);
        }
        return terms * (h == column.own() ? 1 : residual[h]);
    }

    @ParameterizedTest
    @MethodSource("withMultiplicities")
    void derivativesAgreeWithFiniteDifferences(TestColumn column) {
        double floor = 1e-11 * (1 + column.largest()) * (1 + column.largest());
        double[] gradient = FiniteDifference.gradient(z -> at(column, z).value(loss()), column.logits());
        double[] residual = column.residual(loss());
        for (int h = 0; h < residual.length; h++) {
            double expected = column.multiplicity()[h] * residual[h];
            Close.assertClose(gradient[h], expected, 0, floor, "gradient " + h + ", " + column);
        }
        double[] direction = Seeded.of(1).gaussian(column.length(), 1);
        double[] change = FiniteDifference.derivative(z -> at(column, z).residual(loss()), column.logits(), direction);
        Close.assertClose(change, column.curvature(loss(), direction), 0, floor, "curvature, " + column);
    }

    @ParameterizedTest
    @MethodSource("withMultiplicities")
    void multiplicitiesEqualRepeatedLogits(TestColumn column) {
        TestColumn expanded = column.expanded();
        double tolerance = tolerance(column);
        Close.assertClose(expanded.value(loss()), column.value(loss()), tolerance, "value, " + column);
        double[] residual = expanded.residual(loss());
        Close.assertClose(residual, column.expand(column.residual(loss())), tolerance, 0, "residual, " + column);
        double[] direction = Seeded.of(2).gaussian(column.length(), 1);
        Close.assertClose(
                expanded.curvature(loss(), column.expand(direction)),
                column.expand(column.curvature(loss(), direction)),
                tolerance,
                tolerance,
                "curvature, " + column);
        for (double scale : new double[] {0, 0.3, 1}) {
            double size = 1 + column.largest() * column.largest();
            Close.assertClose(
                    expanded.conjugate(loss(), scale),
                    column.conjugate(loss(), scale),
                    tolerance,
                    UNIT_ROUND_OFF * size,
                    "conjugate at " + scale + ", " + column);
        }
    }

    @Test
    void anEntryOfMultiplicityZeroIsLeftOut() {
        TestColumn without = TestColumn.of(0, 0.5, -0.25);
        TestColumn with = new TestColumn(new double[] {0.5, 1e4, -0.25}, 0, new double[] {1, 0, 1});
        assertEquals(without.value(loss()), with.value(loss()));
        assertEquals(without.residual(loss())[1], with.residual(loss())[2]);
        assertEquals(without.conjugate(loss(), 0.5), with.conjugate(loss(), 0.5));
        assertEquals(
                without.curvature(loss(), new double[] {1, -2})[0], with.curvature(loss(), new double[] {1, 3, -2})[0]);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void conjugateAgreesWithTheExactOne(TestColumn column) {
        double[] residual = column.residual(loss());
        for (double scale : new double[] {0, 1e-3, 0.5, 1 - 1e-12, 1}) {
            BigDecimal exact = conjugate(big(residual), column.own(), BigReal.exact(scale));
            double squares = Arrays.stream(residual).map(e -> e * e).sum();
            // Terms of both signs: round-off is relative to their magnitudes, at most |e_y| and ½‖e‖² or 40|e_y|.
            double size = scale * (scale * squares + 40 * Math.abs(residual[column.own()]));
            Close.assertClose(
                    exact.doubleValue(),
                    column.conjugate(loss(), scale),
                    4 * UNIT_ROUND_OFF,
                    4 * UNIT_ROUND_OFF * size,
                    "conjugate at " + scale + ", " + column);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void conjugateGivesTheLargestAffineMinorant(TestColumn column) {
        double[] residual = column.residual(loss());
        double atResidual = dot(residual, column.logits()) - column.conjugate(loss(), 1);
        double size = (1 + column.largest()) * (1 + column.largest());
        double roundOff = 16 * UNIT_ROUND_OFF * column.length() * size;
        Close.assertClose(column.value(loss()), atResidual, 0, roundOff, "equality at the residual, " + column);
        Seeded seeded = Seeded.of(column.length());
        for (double scale : new double[] {0, 0.2, 0.9, 1}) {
            double conjugate = column.conjugate(loss(), scale);
            for (int trial = 0; trial < 20; trial++) {
                double[] other = seeded.gaussian(column.length(), seeded.logUniform(0.1, 100));
                double minorant = scale * dot(residual, other) - conjugate;
                double value = at(column, other).value(loss());
                double slack = 16
                        * UNIT_ROUND_OFF
                        * (Math.abs(conjugate) + scale * dot(absolute(residual), absolute(other)) + value);
                Close.assertAtMost(
                        value + slack, minorant, "Fenchel–Young at " + scale + ", " + column + ", " + seeded);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void secondDerivativeIsADiagonalMinusARankOneMatrixOfMasses(TestColumn column) {
        double[] residual = column.residual(loss());
        int n = residual.length;
        for (int j = 0; j < n; j++) {
            double[] unit = new double[n];
            unit[j] = 1;
            double[] image = column.curvature(loss(), unit);
            double massJ = loss().curvatureMass(residual[j], j == column.own());
            for (int h = 0; h < n; h++) {
                double massH = loss().curvatureMass(residual[h], h == column.own());
                double expected = (h == j ? massH : 0) - loss().rankOneCurvature() * massH * massJ;
                Close.assertClose(expected, image[h], 0, 1e-15, "entry (" + h + ", " + j + "), " + column);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void residualsSumToZeroIfAndOnlyIfACommonShiftChangesNothing(TestColumn column) {
        double sum = Arrays.stream(column.residual(loss())).sum();
        double shifted = at(
                        column, Arrays.stream(column.logits()).map(z -> z + 1).toArray())
                .value(loss());
        boolean invariant = loss().isShiftInvariant();
        double roundOff = column.length() * tolerance(column);
        if (invariant) {
            Close.assertClose(0, sum, 0, roundOff, "sum of residuals, " + column);
            Close.assertClose(column.value(loss()), shifted, 0, tolerance(column) * (1 + column.largest()), "shift");
        } else {
            double expected = column.value(loss()) + sum + column.length() / 2.0;
            Close.assertClose(expected, shifted, 1e-14, 1e-14 * column.largest(), "shift of a quadratic, " + column);
        }
    }

    private static TestColumn at(TestColumn column, double[] logits) {
        return new TestColumn(logits, column.own(), column.multiplicity());
    }

    private static BigDecimal[] big(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(BigReal::exact).toArray(BigDecimal[]::new);
    }

    private static double dot(double[] x, double[] y) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < x.length; i++) {
            sum = sum.add(BigReal.exact(x[i]).multiply(BigReal.exact(y[i])));
        }
        return sum.doubleValue();
    }

    private static double[] absolute(double[] x) {
        return Arrays.stream(x).map(Math::abs).toArray();
    }
}
