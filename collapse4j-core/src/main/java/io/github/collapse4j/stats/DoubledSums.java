package io.github.collapse4j.stats;

/**
 * Sums of vectors in twice the working precision (Knuth's two-sum): they do not depend, to any digit that matters, on the
 * order of the terms or on how these are split. Not thread-safe.
 */
public final class DoubledSums {
    final double[] high;
    final double[] low;

    /** Sums of nothing. */
    public DoubledSums(int length) {
        this(new double[length], new double[length]);
    }

    private DoubledSums(double[] high, double[] low) {
        this.high = high;
        this.low = low;
    }

    /** Adds a vector of the same length. */
    public void add(double... terms) {
        add(1, terms);
    }

    // Only loops whose arrays share their indices are compiled to vector instructions.
    void add(double weight, double[] x) {
        for (int i = 0; i < x.length; i++) {
            double term = weight * x[i];
            double before = high[i];
            double sum = before + term;
            double part = sum - before;
            low[i] += (before - (sum - part)) + (term - part);
            high[i] = sum;
        }
    }

    /** Adds the sums of other vectors, which do not change. */
    public void merge(DoubledSums other) {
        add(1, other.high);
        for (int i = 0; i < low.length; i++) {
            low[i] += other.low[i];
        }
    }

    /** The sums, rounded. */
    public double[] values() {
        double[] values = high.clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += Double.isFinite(low[i]) ? low[i] : 0; // of an overflow nothing is left to correct
        }
        return values;
    }

    /** Writes two numbers for each sum. */
    public void write(StateWriter writer) {
        writer.put(high).put(low);
    }

    /** Reads what {@link #write} wrote. */
    public static DoubledSums read(StateReader reader, int length) {
        return new DoubledSums(reader.anyNumbers(length), reader.anyNumbers(length));
    }
}
