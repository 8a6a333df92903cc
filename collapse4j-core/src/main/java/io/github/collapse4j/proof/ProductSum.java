package io.github.collapse4j.proof;

import java.math.BigInteger;

/** A sum of products of intervals, kept exactly and rounded outwards once at the end. Not thread-safe. */
final class ProductSum {
    /** The ends, in units of 2^(−2·{@link Interval#BITS}). */
    private BigInteger low = BigInteger.ZERO;

    private BigInteger high = BigInteger.ZERO;

    ProductSum add(Interval x, Interval y) {
        if (x.isNumber() && y.isNumber()) {
            BigInteger product = x.low().multiply(y.low());
            low = low.add(product);
            high = high.add(product);
            return this;
        }
        if (x.low().signum() < 0 && x.high().signum() <= 0) {
            return add(x.negate(), y.negate());
        }
        if (y.low().signum() < 0 && y.high().signum() <= 0) {
            return subtract(x, y.negate());
        }
        // Neither lies below 0: each is at least 0, or has 0 inside.
        boolean xMixed = x.low().signum() < 0;
        boolean yMixed = y.low().signum() < 0;
        BigInteger top = x.high().multiply(y.high());
        BigInteger bottom;
        if (xMixed && yMixed) {
            bottom = x.low().multiply(y.high()).min(x.high().multiply(y.low()));
            top = top.max(x.low().multiply(y.low()));
        } else if (xMixed) {
            bottom = x.low().multiply(y.high());
        } else if (yMixed) {
            bottom = x.high().multiply(y.low());
        } else {
            bottom = x.low().multiply(y.low());
        }
        low = low.add(bottom);
        high = high.add(top);
        return this;
    }

    private ProductSum subtract(Interval x, Interval y) {
        ProductSum product = new ProductSum().add(x, y);
        low = low.subtract(product.high);
        high = high.subtract(product.low);
        return this;
    }

    /** The sum so far. */
    Interval value() {
        return Interval.ofScaled(low.shiftRight(Interval.BITS), Interval.ceilingShift(high, Interval.BITS));
    }

    /** {@code Σ x_i y_i} of vectors of equal length. */
    static Interval dot(Interval[] x, Interval[] y) {
        ProductSum sum = new ProductSum();
        for (int i = 0; i < x.length; i++) {
            sum.add(x[i], y[i]);
        }
        return sum.value();
    }
}
