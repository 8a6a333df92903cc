package io.github.collapse4j.linalg;

/** The largest singular value of a matrix, and an upper bound that holds despite round-off. */
public final class SpectralNorm {
    private static final double SMALLEST_ORDINARY = 1e-140;

    private SpectralNorm() {}

    /** σ_max as computed from the Gram matrix of the shorter side, without an error bound. */
    public static double of(Matrix a) {
        double unit = unit(a);
        return unit * Math.sqrt(Math.max(0, largestEigenvalue(shorterGram(inUnits(a, unit)))));
    }

    /**
     * A guaranteed upper bound on σ_max of {@code a}, even if every entry of {@code a} has a relative error of
     * {@code entryError}. The computed Gram matrix of inner size n is off by at most {@code (n + 2)·u·|a|·|a|ᵀ}, whose
     * norm is at most {@code ‖a‖₁‖a‖_∞} times that; the eigenvalue is charged eight units of round-off per row.
     */
    public static double upperBound(Matrix a, double entryError) {
        double unit = unit(a);
        return unit * boundOf(inUnits(a, unit), entryError);
    }

    private static double boundOf(Matrix a, double entryError) {
        int inner = Math.max(a.rows(), a.columns());
        int order = Math.min(a.rows(), a.columns());
        double absolute = largestColumnSum(a) * largestRowSum(a);
        double eigenvalue = Math.max(0, largestEigenvalue(shorterGram(a)));
        double gramError = ((inner + 2) * absolute + 8.0 * order * eigenvalue) * UnitRoundOff.DOUBLE;
        return (Math.sqrt(eigenvalue + gramError) + entryError * Math.sqrt(absolute)) * (1 + 8 * UnitRoundOff.DOUBLE);
    }

    /** 1, or a power of two near the largest entry where squares of the entries could underflow or overflow. */
    private static double unit(Matrix a) {
        double largest = Vectors.maxAbs(a.data());
        boolean ordinary = largest > SMALLEST_ORDINARY && largest < 1 / SMALLEST_ORDINARY;
        return ordinary || largest == 0 || !Double.isFinite(largest) ? 1 : Math.scalb(1.0, Math.getExponent(largest));
    }

    private static Matrix inUnits(Matrix a, double unit) {
        return unit == 1 ? a : a.copy().scale(1 / unit);
    }

    private static Matrix shorterGram(Matrix a) {
        return a.rows() <= a.columns()
                ? LinearAlgebra.gramOfRows(a)
                : LinearAlgebra.multiply(a, LinearAlgebra.Op.TRANSPOSE, a, LinearAlgebra.Op.NONE);
    }

    private static double largestEigenvalue(Matrix gram) {
        double[] values = LinearAlgebra.symmetricEigenvalues(gram);
        return values.length == 0 ? 0 : values[values.length - 1];
    }

    private static double largestColumnSum(Matrix a) {
        double largest = 0;
        for (int j = 0; j < a.columns(); j++) {
            double sum = 0;
            for (int i = 0; i < a.rows(); i++) {
                sum += Math.abs(a.get(i, j));
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    private static double largestRowSum(Matrix a) {
        double[] sums = new double[a.rows()];
        for (int j = 0; j < a.columns(); j++) {
            for (int i = 0; i < a.rows(); i++) {
                sums[i] += Math.abs(a.get(i, j));
            }
        }
        return Vectors.maxAbs(sums);
    }
}
