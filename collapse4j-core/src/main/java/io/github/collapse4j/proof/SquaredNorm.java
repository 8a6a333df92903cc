package io.github.collapse4j.proof;

import java.math.BigInteger;

/** Bounds the squared spectral norm of a matrix, using 64-bit integers and exact sums of their products. */
final class SquaredNorm {
    /** Bits of the entries of a matrix as integers: sums of 2^12 products of two fit into 128 bits. */
    private static final int ENTRY_BITS = 56;

    private final int n;
    private final long[][] rows;
    private final int bits;

    /** An upper bound on the sum of squared differences between the matrix and the integers. */
    private final Interval error;

    SquaredNorm(Interval[][] matrix) {
        n = matrix.length;
        double largest = Double.MIN_NORMAL;
        for (Interval[] row : matrix) {
            for (Interval entry : row) {
                largest = Math.max(largest, Math.abs(entry.approximately()));
            }
        }
        bits = Math.min(ENTRY_BITS - 1 - Math.getExponent(largest), Interval.BITS);
        rows = new long[n][matrix[0].length];
        BigInteger squares = BigInteger.ZERO;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < matrix[i].length; j++) {
                Interval entry = matrix[i][j];
                BigInteger integer = entry.low().shiftRight(Interval.BITS - bits);
                rows[i][j] = integer.longValueExact();
                BigInteger difference = entry.high().subtract(integer.shiftLeft(Interval.BITS - bits));
                squares = squares.add(difference.multiply(difference));
            }
        }
        error = Interval.ofScaled(Interval.ceilingRoot(squares));
    }

    Interval upperBound() throws NotProvedException {
        SymmetricMatrix gram = new SymmetricMatrix(n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                BigInteger product =
                        EigenvalueBound.dot(rows[i], rows[j], rows[i].length).negate();
                int shift = Interval.BITS - 2 * bits;
                gram.set(
                        i,
                        j,
                        shift >= 0
                                ? Interval.ofScaled(product.shiftLeft(shift))
                                : Interval.ofScaled(
                                        product.shiftRight(-shift), Interval.ceilingShift(product, -shift)));
            }
        }
        Interval norm = LargestEigenvalue.ofNegative(gram).squareRoot().plus(error);
        return norm.square().upper();
    }
}
