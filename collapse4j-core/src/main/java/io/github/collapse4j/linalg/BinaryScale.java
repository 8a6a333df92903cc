package io.github.collapse4j.linalg;

/**
 * A power of two by which numbers are divided so that their squares and products neither underflow nor overflow.
 * Scaling is exact except near the ends of the range of {@code double}.
 *
 * @param exponent exponent of the power of two; 0 for numbers that need no scaling
 */
public record BinaryScale(int exponent) {
    /** If the largest number is within 2^±200, its fourth power and sums of many fourth powers stay in range. */
    private static final int ORDINARY = 200;

    /** The scale for numbers whose largest magnitude is {@code largest}; 1 if that is zero or not finite. */
    public static BinaryScale of(double largest) {
        int exponent = Math.getExponent(largest);
        boolean ordinary = Math.abs(exponent) <= ORDINARY || largest == 0 || !Double.isFinite(largest);
        return new BinaryScale(ordinary ? 0 : exponent);
    }

    /** Whether the scale is 1, so that nothing changes. */
    public boolean isOne() {
        return exponent == 0;
    }

    /** Scales down: {@code x/2^exponent}, about 1 for the largest of the numbers. */
    public double down(double x) {
        return Math.scalb(x, -exponent);
    }

    /** Undoes {@link #down(double)}: {@code x·2^exponent}. */
    public double up(double x) {
        return Math.scalb(x, exponent);
    }

    /** The array itself if the scale is 1, otherwise a scaled copy. */
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

    /** Scales the entries of an array up, in place. */
    void multiply(double[] x) {
        if (!isOne()) {
            for (int i = 0; i < x.length; i++) {
                x[i] = up(x[i]);
            }
        }
    }
}
