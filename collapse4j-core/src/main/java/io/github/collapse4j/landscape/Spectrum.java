package io.github.collapse4j.landscape;

import io.github.collapse4j.linalg.Matrix;

/**
 * The eigenvalues of the Hessian of the reduced model at a point, and the most negative direction.
 *
 * @param eigenvalues ascending
 * @param lowest an eigenvector of the smallest eigenvalue, a vector {@code [W | H | b]}
 * @param zeroTolerance absolute: eigenvalues within it count as zero
 */
public record Spectrum(double[] eigenvalues, double[] lowest, double zeroTolerance) {
    /** Relative to the largest absolute eigenvalue, what counts as zero. */
    private static final double RELATIVE_ZERO = 1e-8;

    static Spectrum of(double[] eigenvalues, Matrix eigenvectors) {
        double largest = Math.max(Math.abs(eigenvalues[0]), Math.abs(eigenvalues[eigenvalues.length - 1]));
        return new Spectrum(eigenvalues, eigenvectors.column(0), RELATIVE_ZERO * largest);
    }

    public double smallest() {
        return eigenvalues[0];
    }

    public double largest() {
        return eigenvalues[eigenvalues.length - 1];
    }

    /** The number of negative eigenvalues, the Morse index. */
    public int index() {
        int count = 0;
        while (count < eigenvalues.length && eigenvalues[count] < -zeroTolerance) {
            count++;
        }
        return count;
    }

    /** The number of eigenvalues that count as zero. */
    public int nullity() {
        int count = 0;
        for (double value : eigenvalues) {
            count += Math.abs(value) <= zeroTolerance ? 1 : 0;
        }
        return count;
    }
}
