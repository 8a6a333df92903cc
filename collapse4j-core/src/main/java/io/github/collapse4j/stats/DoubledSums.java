package io.github.collapse4j.stats;

/**
 * Sums of vectors in twice the working precision (Knuth's two-sum), so that the order and grouping of the terms affect
 * no relevant digit. Not thread-safe.
 */
public final class DoubledSums {
    final double[] high;
    final double[] low;

    /** Creates empty sums. */
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

    // Loops are vectorised only if all arrays use the same index.
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

    /** Adds other sums; the argument is not changed. */
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
            values[i] += Double.isFinite(low[i]) ? low[i] : 0; // after an overflow there is nothing to correct
        }
        return values;
    }

    /** Writes two numbers for each sum. */
    public void write(StateWriter writer) {
        writer.put(high).put(low);
    }

    /** Reads the output of {@link #write}. */
    public static DoubledSums read(StateReader reader, int length) {
        return new DoubledSums(reader.anyNumbers(length), reader.anyNumbers(length));
    }

    /** The same for sums that are not negative. */
    static DoubledSums readNonnegative(StateReader reader, int length) {
        return new DoubledSums(reader.weights(length), reader.numbers(length));
    }
}
