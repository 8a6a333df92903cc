package io.github.collapse4j.linalg;

/** The few vector operations that solvers share, on arrays of equal length. */
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

    /** Whether the first {@code count} entries are all finite. */
    public static boolean isFinite(double[] x, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = 0;
        for (; i + 7 < count; i += 8) {
            s0 += x[i] * 0;
            s1 += x[i + 1] * 0;
            s2 += x[i + 2] * 0;
            s3 += x[i + 3] * 0;
            s4 += x[i + 4] * 0;
            s5 += x[i + 5] * 0;
            s6 += x[i + 6] * 0;
            s7 += x[i + 7] * 0;
        }
        for (; i < count; i++) {
            s0 += x[i] * 0;
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)) == 0;
    }

    /** The sum of the squares of entries {@code from} to {@code to} (exclusive), in eight partial sums. */
    public static double squares(double[] x, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = from;
        for (; i + 7 < to; i += 8) {
            s0 += x[i] * x[i];
            s1 += x[i + 1] * x[i + 1];
            s2 += x[i + 2] * x[i + 2];
            s3 += x[i + 3] * x[i + 3];
            s4 += x[i + 4] * x[i + 4];
            s5 += x[i + 5] * x[i + 5];
            s6 += x[i + 6] * x[i + 6];
            s7 += x[i + 7] * x[i + 7];
        }
        for (; i < to; i++) {
            s0 += x[i] * x[i];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    /** The squared distance between d entries of x and d entries of y, each starting at its own index. */
    public static double squaredDistance(double[] x, int xFrom, double[] y, int yFrom, int d) {
        double sum = 0;
        for (int i = 0; i < d; i++) {
            double difference = x[xFrom + i] - y[yFrom + i];
            sum += difference * difference;
        }
        return sum;
    }

    /** The sum of squares in single precision. */
    public static double squares(float[] x, int from, int to) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = from;
        for (; i + 7 < to; i += 8) {
            s0 += x[i] * x[i];
            s1 += x[i + 1] * x[i + 1];
            s2 += x[i + 2] * x[i + 2];
            s3 += x[i + 3] * x[i + 3];
            s4 += x[i + 4] * x[i + 4];
            s5 += x[i + 5] * x[i + 5];
            s6 += x[i + 6] * x[i + 6];
            s7 += x[i + 7] * x[i + 7];
        }
        for (; i < to; i++) {
            s0 += x[i] * x[i];
        }
        return (((double) s0 + s1) + ((double) s2 + s3)) + (((double) s4 + s5) + ((double) s6 + s7));
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

    /**
     * The index, relative to {@code from}, of the largest entry in {@code from} to {@code to} (exclusive); the first on
     * ties.
     */
    public static int indexOfLargest(double[] x, int from, int to) {
        int largest = from;
        for (int i = from + 1; i < to; i++) {
            if (x[i] > x[largest]) {
                largest = i;
            }
        }
        return largest - from;
    }

    /** The largest absolute value; NaN if any entry is NaN. */
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

    /** The sum of the entries, with Neumaier's compensation. */
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

    /** The number of negative entries, without a branch for each; none is NaN. */
    public static long negatives(double[] x) {
        long count = 0;
        for (double entry : x) {
            count += Double.doubleToRawLongBits(entry + 0.0) >>> 63; // −0 becomes 0
        }
        return count;
    }
}
