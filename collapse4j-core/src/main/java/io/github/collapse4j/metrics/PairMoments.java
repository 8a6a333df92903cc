package io.github.collapse4j.metrics;

/** Mean and variance of a quantity over pairs, about a reference close to the mean; empty once a pair has no finite value. */
final class PairMoments {
    private final double reference;
    private long count;
    private double sum;
    private double lost;
    private double squares;

    PairMoments(double reference) {
        this.reference = reference;
    }

    void add(double value) {
        double x = value - reference;
        count++;
        double next = sum + x;
        lost += Math.abs(sum) >= Math.abs(x) ? (sum - next) + x : (x - next) + sum;
        sum = next;
        squares += x * x;
    }

    private double shift() {
        return (sum + lost) / count;
    }

    boolean isDefined() {
        return count > 0 && Double.isFinite(squares);
    }

    double mean() {
        return reference + shift();
    }

    /** Population variance. */
    double variance() {
        return Math.max(0, squares / count - shift() * shift());
    }

    Estimate estimate(boolean exact) {
        return new Estimate(mean(), exact ? 0 : Math.sqrt(variance() / Math.max(1, count - 1)), count, exact);
    }
}
