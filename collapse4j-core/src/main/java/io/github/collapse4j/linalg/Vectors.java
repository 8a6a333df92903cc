package io.github.collapse4j.linalg;

/** The few vector operations that solvers share; arrays of equal length, results exact up to rounding. */
public final class Vectors {
    private Vectors() {}

    /** {@code ⟨x, y⟩}, in four interleaved partial sums. */
    public static double dot(double[] x, double[] y) {
        requireSameLength(x, y);
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < x.length; i += 4) {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
            s2 += x[i + 2] * y[i + 2];
            s3 += x[i + 3] * y[i + 3];
        }
        for (; i < x.length; i++) {
            s0 += x[i] * y[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** The Euclidean norm, safe against overflow and underflow of the squares. */
    public static double norm(double[] x) {
        double squares = dot(x, x);
        if (squares > 1e-280 && squares < 1e280) {
            return Math.sqrt(squares);
        }
        double largest = maxAbs(x);
        if (largest == 0 || !(largest < Double.POSITIVE_INFINITY)) {
            return largest;
        }
        double sum = 0;
        for (double v : x) {
            sum += (v / largest) * (v / largest);
        }
        return largest * Math.sqrt(sum);
    }

    /** The largest absolute entry; NaN if there is one. */
    public static double maxAbs(double[] x) {
        double largest = 0;
        for (double v : x) {
            largest = Math.max(largest, Math.abs(v));
        }
        return largest;
    }

    /** {@code y ← y + factor·x}. */
    public static void add(double factor, double[] x, double[] y) {
        requireSameLength(x, y);
        for (int i = 0; i < x.length; i++) {
            y[i] += factor * x[i];
        }
    }

    /** The sum of the entries with Neumaier's compensation. */
    public static double sum(double[] x) {
        double sum = 0;
        double lost = 0;
        for (double v : x) {
            double next = sum + v;
            lost += Math.abs(sum) >= Math.abs(v) ? (sum - next) + v : (v - next) + sum;
            sum = next;
        }
        return sum + lost;
    }

    private static void requireSameLength(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException("lengths differ: " + x.length + " against " + y.length);
        }
    }
}
