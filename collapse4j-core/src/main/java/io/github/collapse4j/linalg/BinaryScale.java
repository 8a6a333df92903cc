package io.github.collapse4j.linalg;

/**
 * A power of two that numbers are divided by so that squares and products of them neither underflow nor overflow. Scaling
 * changes no digit of what is far from the ends of the range itself.
 *
 * @param exponent of the power of two; 0 for numbers that need no scaling
 */
public record BinaryScale(int exponent) {
    /** The fourth powers of what is closer to 1 are in range, and so are sums of many of them. */
    private static final int ORDINARY = 200;

    /** The scale of numbers that are at most this large; that of zero, or of what is not finite, is 1. */
    public static BinaryScale of(double largest) {
        int exponent = Math.getExponent(largest);
        boolean ordinary = Math.abs(exponent) <= ORDINARY || largest == 0 || !Double.isFinite(largest);
        return new BinaryScale(ordinary ? 0 : exponent);
    }

    /** Whether there is nothing to do. */
    public boolean isOne() {
        return exponent == 0;
    }

    /** {@code x/2^exponent}, about 1 for the largest of the numbers. */
    public double down(double x) {
        return Math.scalb(x, -exponent);
    }

    /** {@code x·2^exponent}, back again. */
    public double up(double x) {
        return Math.scalb(x, exponent);
    }

    /** The array itself if there is nothing to do, else a copy, divided. */
    public double[] down(double[] x) {
        if (isOne()) {
            return x;
        }
        double[] scaled = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            scaled[i] = down(x[i]);
        }
        return scaled;
    }

    /** Multiplies the entries of an array. */
    void multiply(double[] x) {
        if (!isOne()) {
            for (int i = 0; i < x.length; i++) {
                x[i] = up(x[i]);
            }
        }
    }
}
