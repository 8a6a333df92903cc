package io.github.collapse4j.proof;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A lower bound of the smallest eigenvalue of a symmetric matrix A of intervals. For <em>any</em> number σ and lower
 * triangular L, {@code λ_min(A) ≥ σ − ‖mid − σI − LLᵀ‖ − ‖rad‖} in Frobenius norms, where A lies within mid ± rad. L is
 * a Cholesky factor computed in doubles, which is not trusted; its residual is computed exactly, in integers.
 */
final class EigenvalueBound {
    /** Bits of the entries of L as integers: sums of 2^12 products of two fit into 128 bits. */
    private static final int FACTOR_BITS = 57;

    private static final int MAX_ORDER = 1 << 12;

    private EigenvalueBound() {}

    /**
     * The bound as a point interval; empty if the factorisation breaks down. For an empty matrix, which has no
     * eigenvalue, the hint.
     *
     * @param hint σ, slightly below the smallest eigenvalue
     */
    static Optional<Interval> of(SymmetricMatrix a, double hint) {
        int n = a.order();
        if (n > MAX_ORDER) {
            throw new IllegalArgumentException("eigenvalue bound: expected at most " + MAX_ORDER + " rows, found " + n);
        }
        double[][] factor = cholesky(a, hint);
        if (factor.length < n) {
            return Optional.empty();
        }
        int bits = FACTOR_BITS - 1 - Math.getExponent(Math.max(largest(factor), Double.MIN_NORMAL));
        long[][] integers = integers(factor, bits);
        BigInteger sigma = Interval.of(hint).low();
        // Everything in units of 2^−unit.
        int unit = Math.max(Interval.BITS, 2 * bits);
        BigInteger squares = BigInteger.ZERO;
        BigInteger widths = BigInteger.ZERO;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                Interval entry = a.get(i, j);
                BigInteger middle = i == j ? entry.low().subtract(sigma) : entry.low();
                BigInteger residual = middle.shiftLeft(unit - Interval.BITS)
                        .subtract(dot(integers[i], integers[j], j + 1).shiftLeft(unit - 2 * bits));
                BigInteger square = residual.multiply(residual);
                squares = squares.add(i == j ? square : square.shiftLeft(1));
                if (!entry.low().equals(entry.high())) {
                    BigInteger width = entry.high().subtract(entry.low());
                    BigInteger squareWidth = width.multiply(width);
                    widths = widths.add(i == j ? squareWidth : squareWidth.shiftLeft(1));
                }
            }
        }
        BigInteger residual = Interval.ceilingShift(Interval.ceilingRoot(squares), unit - Interval.BITS);
        return Optional.of(Interval.ofScaled(sigma.subtract(residual).subtract(Interval.ceilingRoot(widths))));
    }

    /** The rows of a factor of A − σI in doubles; fewer rows than A if it is not positive definite. */
    private static double[][] cholesky(SymmetricMatrix a, double shift) {
        double[][] rows = a.approximately();
        for (int i = 0; i < rows.length; i++) {
            double[] row = rows[i];
            for (int j = 0; j < i; j++) {
                row[j] = (row[j] - dot(row, rows[j], j)) / rows[j][j];
            }
            double pivot = row[i] - shift - dot(row, row, i);
            if (!(pivot > 0) || Double.isInfinite(pivot)) {
                return new double[0][];
            }
            row[i] = Math.sqrt(pivot);
        }
        return rows;
    }

    /** The dot product of the first {@code length} entries, in four partial sums for speed. */
    private static double dot(double[] x, double[] y, int length) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            a += x[i] * y[i];
            b += x[i + 1] * y[i + 1];
            c += x[i + 2] * y[i + 2];
            d += x[i + 3] * y[i + 3];
        }
        for (; i < length; i++) {
            a += x[i] * y[i];
        }
        return (a + b) + (c + d);
    }

    private static double largest(double[][] rows) {
        double largest = 0;
        for (double[] row : rows) {
            for (double entry : row) {
                largest = Math.max(largest, Math.abs(entry));
            }
        }
        return largest;
    }

    /** The entries times 2^bits, rounded to the nearest integer; below 2^{@link #FACTOR_BITS} in magnitude. */
    private static long[][] integers(double[][] rows, int bits) {
        long[][] integers = new long[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            integers[i] = new long[rows[i].length];
            for (int j = 0; j < rows[i].length; j++) {
                integers[i][j] = (long) Math.rint(Math.scalb(rows[i][j], bits));
            }
        }
        return integers;
    }

    /**
     * The exact sum of the first {@code length} products: at most 2^12 of them, with factors below 2^57, so below
     * 2^126.
     */
    static BigInteger dot(long[] x, long[] y, int length) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < length; i++) {
            long product = x[i] * y[i];
            low += product;
            high += Math.multiplyHigh(x[i], y[i]) + (Long.compareUnsigned(low, product) < 0 ? 1 : 0);
        }
        return BigInteger.valueOf(high)
                .shiftLeft(64)
                .add(BigInteger.valueOf(low >>> 1).shiftLeft(1))
                .add(BigInteger.valueOf(low & 1));
    }
}
