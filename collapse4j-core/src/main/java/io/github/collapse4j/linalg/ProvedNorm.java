package io.github.collapse4j.linalg;

/**
 * An upper bound of the largest singular value that is a theorem about floating point (docs/theory.md §4, "The bound in
 * floating point"). Eigenvalues only supply a guess s; a Cholesky factorisation of {@code sI − AAᵀ} that runs to
 * completion proves it. All sums are plain Java, so that nothing rests on the algorithm of a native library.
 */
public final class ProvedNorm {
    private static final double U = UnitRoundOff.DOUBLE;

    /** The guess's first margin in units of the proved error; raised by {@link #MARGIN_STEP} until the factor exists. */
    private static final double FIRST_MARGIN = 4;

    private static final double MARGIN_STEP = 8;

    /** Far above every loss to underflow in matrices with entries up to 2, far below their norms. */
    private static final double UNDERFLOW = 0x1p-900;

    private ProvedNorm() {}

    /** At least {@code ku/(1 − ku)} for {@code k < 2^30}: the relative error of k roundings. */
    public static double relative(double roundings) {
        return roundings * U * (1 + 0x1p-20);
    }

    /**
     * An upper bound of σ_max of every matrix within {@code entryError·|a|} of {@code a}, entry by entry; infinite if an
     * entry is not finite.
     */
    public static double upperBound(Matrix a, double entryError) {
        double largest = Vectors.maxAbs(a.data());
        if (largest == 0) {
            return 0;
        }
        if (!(largest < Double.POSITIVE_INFINITY)) {
            return Double.POSITIVE_INFINITY;
        }
        int exponent = Math.getExponent(Math.max(largest, Double.MIN_NORMAL));
        double bound = inUnits(rows(a, exponent), entryError);
        return Math.nextUp(Math.scalb(bound, exponent));
    }

    /** The shorter side's rows, in units of {@code 2^exponent}. */
    private static double[][] rows(Matrix a, int exponent) {
        boolean wide = a.rows() <= a.columns();
        double[][] rows = new double[wide ? a.rows() : a.columns()][wide ? a.columns() : a.rows()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = Math.scalb(wide ? a.get(i, j) : a.get(j, i), -exponent);
            }
        }
        return rows;
    }

    private static double inUnits(double[][] a, double entryError) {
        int n = a.length;
        int inner = a[0].length;
        double absolute = largestOfAbsoluteGram(a);
        double ofGram = relative(inner) * absolute;
        double[][] gram = new double[n][];
        Matrix whole = Matrix.zeros(n, n);
        for (int i = 0; i < n; i++) {
            gram[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                gram[i][j] = dot(a[i], a[j], inner);
                whole.set(i, j, gram[i][j]);
                whole.set(j, i, gram[i][j]);
            }
        }
        double[] eigenvalues = LinearAlgebra.symmetricEigenvalues(whole);
        double guess = Math.max(eigenvalues[n - 1], 0);
        double bound = trace(gram) + n * ofGram; // rounded, the Gram matrix may have eigenvalues down to -ofGram
        for (double margin = FIRST_MARGIN * relative(n + 2.0); margin < 1; margin *= MARGIN_STEP) {
            double shift = guess * (1 + margin) + UNDERFLOW;
            double error = errorOfFactor(gram, shift);
            if (error < Double.POSITIVE_INFINITY) {
                bound = Math.min(bound, shift + error);
                break;
            }
        }
        double root = Math.sqrt(bound + ofGram + UNDERFLOW);
        return (root + entryError * Math.sqrt(absolute)) * (1 + 16 * U);
    }

    /**
     * A bound of {@code ‖LLᵀ − (sI − G)‖} for the computed Cholesky factor L, after the diagonal was rounded down: then G
     * has no eigenvalue above s plus that. Infinite if the factorisation breaks down. (Higham, Accuracy and Stability,
     * Theorem 10.3: the error is at most {@code γ_{n+1}|L||L|ᵀ}, whose norm is at most its largest row sum.)
     */
    private static double errorOfFactor(double[][] gram, double shift) {
        int n = gram.length;
        double[][] factor = new double[n][];
        for (int i = 0; i < n; i++) {
            double[] row = new double[i + 1];
            factor[i] = row;
            for (int j = 0; j < i; j++) {
                row[j] = (-gram[i][j] - dot(row, factor[j], j)) / factor[j][j];
            }
            double pivot = Math.nextDown(shift - gram[i][i]) - dot(row, row, i);
            if (!(pivot > 0)) {
                return Double.POSITIVE_INFINITY;
            }
            row[i] = Math.sqrt(pivot);
        }
        return relative(n + 1.0) * largestOfAbsoluteGram(factor) + UNDERFLOW;
    }

    /** An upper bound of the largest row sum of {@code |A||A|ᵀ}, from the rows of A; entries left out are 0. */
    private static double largestOfAbsoluteGram(double[][] a) {
        int columns = 0;
        for (double[] row : a) {
            columns = Math.max(columns, row.length);
        }
        double[] sums = new double[columns];
        for (double[] row : a) {
            for (int k = 0; k < row.length; k++) {
                sums[k] += Math.abs(row[k]);
            }
        }
        double largest = 0;
        for (double[] row : a) {
            double sum = 0;
            for (int k = 0; k < row.length; k++) {
                sum += Math.abs(row[k]) * sums[k];
            }
            largest = Math.max(largest, sum);
        }
        return largest * (1 + relative(a.length + columns + 4.0)) + UNDERFLOW;
    }

    /** An upper bound of the trace, with room for the roundings of the sum. */
    private static double trace(double[][] gram) {
        double sum = 0;
        for (int i = 0; i < gram.length; i++) {
            sum += gram[i][i];
        }
        return sum * (1 + 0x1p-20);
    }

    /** The dot product of the first {@code length} entries, in four partial sums for speed. */
    private static double dot(double[] x, double[] y, int length) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            a += x[i] * y[i];
            b += x[i + 1] * y[i + 1];
            c += x[i + 2] * y[i + 2];
            d += x[i + 3] * y[i + 3];
        }
        for (; i < length; i++) {
            a += x[i] * y[i];
        }
        return (a + b) + (c + d);
    }
}
