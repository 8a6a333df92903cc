package io.github.collapse4j.proof;

import java.math.BigInteger;

/**
 * Exponential and logarithm with proven error bounds. Both are computed in integers, in units of u = 2^−{@value #WORK}.
 * All numbers are non-negative and every operation rounds down, so that results are lower bounds; their deficit is
 * bounded generously in the comments, and is far below one unit of an {@link Interval}.
 */
final class Transcendental {
    private static final int GUARD = 64;
    private static final int WORK = Interval.BITS + GUARD;
    private static final BigInteger ONE = BigInteger.ONE.shiftLeft(WORK);

    /** The largest argument of exp in magnitude: larger ones do not occur, or give a result below one unit. */
    private static final int MAX_ARGUMENT = 1 << 16;

    /** How often the argument of exp is halved before its series is summed. */
    private static final int HALVINGS = 8;

    /** The maximum deficit of {@link #twiceAreaTangent}, in u. */
    private static final BigInteger SERIES_ERROR = BigInteger.ONE.shiftLeft(10);

    /** log 2, with a deficit of at most {@link #SERIES_ERROR}. */
    private static final BigInteger LOG_2 = twiceAreaTangent(BigInteger.ONE, BigInteger.valueOf(3));

    private static final int TABLE_BITS = 5;

    /** log(1 + i/2^{@link #TABLE_BITS}), each with a deficit of at most {@link #SERIES_ERROR}. */
    private static final BigInteger[] LOG_TABLE = logTable();

    private Transcendental() {}

    static Interval exp(Interval x) {
        Interval low = exp(x.low());
        return x.low().equals(x.high())
                ? low
                : Interval.ofScaled(low.low(), exp(x.high()).high());
    }

    static Interval log(Interval x) {
        Interval low = log(x.low());
        return x.low().equals(x.high())
                ? low
                : Interval.ofScaled(low.low(), log(x.high()).high());
    }

    /** exp of a number given in units of an interval. */
    private static Interval exp(BigInteger number) {
        if (number.bitLength() > Interval.BITS + 8 && number.signum() < 0) {
            // Below exp(−256) < 2^−256.
            return Interval.ofScaled(BigInteger.ZERO, BigInteger.ONE);
        }
        if (number.compareTo(BigInteger.valueOf(MAX_ARGUMENT).shiftLeft(Interval.BITS)) > 0) {
            throw new ArithmeticException("exp: expected an argument up to " + MAX_ARGUMENT);
        }
        // number = k log 2 + r with 0 ≤ r < 0.7; |k| < 2^17, so r is too small, or too large where it is set to 0, by
        // at most 2^17·2^10 u.
        BigInteger scaled = number.shiftLeft(GUARD);
        int k = Interval.floorDivide(scaled, LOG_2).intValueExact();
        BigInteger log2 = k > 0 ? LOG_2.add(SERIES_ERROR) : LOG_2;
        BigInteger r = scaled.subtract(log2.multiply(BigInteger.valueOf(k))).max(BigInteger.ZERO);
        // The series of exp(r/2^8) has at most 40 terms, each with a deficit of at most 3 u; with that of r/2^8, at
        // most 2^19 + 2^8 < 2^20 u.
        BigInteger small = r.shiftRight(HALVINGS);
        BigInteger term = ONE;
        BigInteger sum = ONE;
        for (int i = 1; term.signum() > 0; i++) {
            term = term.multiply(small).shiftRight(WORK).divide(BigInteger.valueOf(i));
            sum = sum.add(term);
        }
        // Squaring y multiplies its deficit by 2y and adds 1 u: in all at most 2^8·exp(r)·2^20 + 2^10 < 2^30 u.
        for (int i = 0; i < HALVINGS; i++) {
            sum = sum.multiply(sum).shiftRight(WORK);
        }
        BigInteger slack = BigInteger.ONE.shiftLeft(30);
        return scaled(sum.subtract(slack), sum.add(slack), k - GUARD);
    }

    /** log of a number given in units of an interval. */
    private static Interval log(BigInteger number) {
        if (number.signum() <= 0) {
            throw new ArithmeticException("log: expected a positive interval");
        }
        // number = 2^e·m with 1 ≤ m < 2; if m has more than WORK bits its deficit is at most 1 u.
        int e = number.bitLength() - 1 - Interval.BITS;
        int shift = WORK - (number.bitLength() - 1);
        BigInteger m = shift >= 0 ? number.shiftLeft(shift) : number.shiftRight(-shift);
        int i = m.shiftRight(WORK - TABLE_BITS).intValueExact() - (1 << TABLE_BITS);
        BigInteger c = BigInteger.valueOf((1L << TABLE_BITS) + i).shiftLeft(WORK - TABLE_BITS);
        BigInteger fraction = LOG_TABLE[i].add(twiceAreaTangent(m.subtract(c), m.add(c)));
        // |e| < 2^15 in memory, so with the table, the series and m at most 2^15·2^10 + 2·2^10 + 1 < 2^26 u.
        if (Math.abs(e) >= 1 << 15) {
            throw new ArithmeticException("log: expected a number between 2^-32768 and 2^32768");
        }
        BigInteger sum = fraction.add(LOG_2.multiply(BigInteger.valueOf(e)));
        BigInteger slack = BigInteger.ONE.shiftLeft(26);
        return scaled(sum.subtract(slack), sum.add(slack), -GUARD);
    }

    /**
     * {@code 2 artanh(a/b) = log((b + a)/(b − a))} for {@code 0 ≤ a/b ≤ 1/3}. The quotient z and its powers have
     * deficits of at most 3 u each, and each of the at most 110 terms z^(2i+1)/(2i+1) one of at most 4 u: in all,
     * doubled and with the tail, at most 2^10 u.
     */
    private static BigInteger twiceAreaTangent(BigInteger a, BigInteger b) {
        BigInteger z = a.shiftLeft(WORK).divide(b);
        BigInteger square = z.multiply(z).shiftRight(WORK);
        BigInteger power = z;
        BigInteger sum = BigInteger.ZERO;
        for (int i = 1; power.signum() > 0; i += 2) {
            sum = sum.add(power.divide(BigInteger.valueOf(i)));
            power = power.multiply(square).shiftRight(WORK);
        }
        return sum.shiftLeft(1);
    }

    private static BigInteger[] logTable() {
        BigInteger[] table = new BigInteger[1 << TABLE_BITS];
        for (int i = 0; i < table.length; i++) {
            // (b + a)/(b − a) = (32 + i)/32
            table[i] = twiceAreaTangent(BigInteger.valueOf(i), BigInteger.valueOf((2L << TABLE_BITS) + i));
        }
        return table;
    }

    private static Interval scaled(BigInteger low, BigInteger high, int shift) {
        return shift >= 0
                ? Interval.ofScaled(low.shiftLeft(shift), high.shiftLeft(shift))
                : Interval.ofScaled(low.shiftRight(-shift), Interval.ceilingShift(high, -shift));
    }
}
