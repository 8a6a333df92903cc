package io.github.collapse4j.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** The bound is compared with Rayleigh quotients in exact arithmetic, which no norm is below. */
class ProvedNormTest {
    private static final MathContext DIGITS = new MathContext(60);

    @Test
    void noRayleighQuotientIsAboveTheBoundAndTheBoundIsTight() {
        Seeded.range(300, 300).forEach(seeded -> {
            Matrix a = random(seeded.random(), seeded.seed());
            double bound = ProvedNorm.upperBound(a, 0);
            double unit = Math.scalb(1.0, Math.max(-1022, Math.getExponent(Vectors.maxAbs(a.data()))));
            assertTrue(exactSquare(bound).compareTo(rayleigh(a)) >= 0, () -> bound + ", " + seeded);
            // Subnormal bounds have few digits.
            if (bound >= Double.MIN_NORMAL) {
                double excess = bound / unit / SpectralNorm.of(a.copy().scale(1 / unit)) - 1;
                Close.assertAtMost(1e-12, excess, "excess, " + seeded);
            }
        });
    }

    /** Sizes 1 to 12, of low rank, with equal singular values, with rows of very different sizes, or subnormal. */
    private static Matrix random(RandomGenerator random, long seed) {
        int rows = 1 + random.nextInt(12);
        int columns = 1 + random.nextInt(12);
        Matrix a = Matrix.zeros(rows, columns);
        if (seed % 5 == 1) {
            int n = Math.min(rows, columns);
            double[] x = random.doubles(n).toArray();
            double squares = Arrays.stream(x).map(v -> v * v).sum();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    a.set(i, j, (i == j ? 1 : 0) - 2 * x[i] * x[j] / squares);
                }
            }
            return a;
        }
        for (int i = 0; i < rows; i++) {
            double size = seed % 5 == 2 ? Math.pow(10, 40 * random.nextDouble() - 20) : 1;
            for (int j = 0; j < columns; j++) {
                a.set(i, j, seed % 5 == 3 ? size * (i + 1) * (j - 0.3) : size * random.nextGaussian());
            }
        }
        return switch ((int) (seed % 7)) {
            case 1 -> a.scale(0x1p-1060);
            case 2 -> a.scale(1e250);
            case 3 -> a.scale(1e-250);
            default -> a;
        };
    }

    /** ‖Aᵀx‖²/‖x‖² in exact arithmetic, rounded once, for the computed singular vector x. */
    private static BigDecimal rayleigh(Matrix a) {
        double unit = Math.scalb(1.0, -Math.max(-1022, Math.getExponent(Vectors.maxAbs(a.data()))));
        Svd svd = LinearAlgebra.svd(a.copy().scale(unit));
        BigDecimal image = BigDecimal.ZERO;
        BigDecimal length = BigDecimal.ZERO;
        for (int j = 0; j < a.columns(); j++) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int i = 0; i < a.rows(); i++) {
                sum = sum.add(new BigDecimal(a.get(i, j))
                        .multiply(new BigDecimal(svd.u().get(i, 0))));
            }
            image = image.add(sum.multiply(sum));
        }
        for (int i = 0; i < a.rows(); i++) {
            length = length.add(exactSquare(svd.u().get(i, 0)));
        }
        return image.divide(length, DIGITS);
    }

    private static BigDecimal exactSquare(double x) {
        return new BigDecimal(x).multiply(new BigDecimal(x));
    }

    @Test
    void boundHoldsIfEveryEntryIsOffByItsError() {
        Seeded.range(900, 50).forEach(seeded -> {
            Matrix a = random(seeded.random(), 0);
            Svd svd = LinearAlgebra.svd(a);
            Matrix off = a.copy();
            for (int i = 0; i < a.rows(); i++) {
                for (int j = 0; j < a.columns(); j++) {
                    double sign = Math.signum(svd.u().get(i, 0) * svd.v().get(j, 0));
                    off.set(i, j, a.get(i, j) + sign * 0x1p-30 * Math.abs(a.get(i, j)));
                }
            }
            double bound = ProvedNorm.upperBound(a, 0x1.000001p-30);
            assertTrue(exactSquare(bound).compareTo(rayleigh(off)) >= 0, seeded::toString);
        });
    }

    @Test
    void manyEqualSingularValuesAreTight() {
        Matrix a = Matrix.identity(300).add(-1.0 / 300, Matrix.wrap(300, 300, filled(90_000)));
        double bound = ProvedNorm.upperBound(a, 0);
        Close.assertAtMost(1e-11, bound - 1, "excess");
        assertTrue(bound >= 1);
    }

    private static double[] filled(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void zeroAndNonFiniteMatrices() {
        assertEquals(0, ProvedNorm.upperBound(Matrix.zeros(3, 2), 1e-16));
        assertEquals(Double.POSITIVE_INFINITY, ProvedNorm.upperBound(Matrix.wrap(1, 1, new double[] {1e308 * 10}), 0));
        assertTrue(!(ProvedNorm.upperBound(Matrix.wrap(1, 2, new double[] {1, Double.NaN}), 0) < 10));
    }
}
