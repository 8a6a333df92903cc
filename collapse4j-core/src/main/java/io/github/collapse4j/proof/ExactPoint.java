package io.github.collapse4j.proof;

/**
 * A point of the reduced model; its doubles are taken as exact numbers.
 *
 * @param w W, K rows of d entries
 * @param h Ĥ, d rows of K entries, or M with targets; column k is √n_k times the feature of class or group k
 * @param b K entries, or none if the model has no bias
 */
public record ExactPoint(double[][] w, double[][] h, double[] b) {
    /** The number of classes. */
    public int classes() {
        return w.length;
    }

    /** The feature dimension, which may be 0. */
    public int dimension() {
        return h.length;
    }

    /** The same point padded to dimension d with zero columns of W and zero rows of Ĥ. */
    public ExactPoint padTo(int d) {
        return padTo(d, h.length == 0 ? w.length : h[0].length);
    }

    /** The same point of M groups of samples padded to dimension d with zero columns of W and zero rows of Ĥ. */
    public ExactPoint padTo(int d, int groups) {
        double[][] paddedW = new double[w.length][d];
        for (int k = 0; k < w.length; k++) {
            System.arraycopy(w[k], 0, paddedW[k], 0, w[k].length);
        }
        double[][] paddedH = new double[d][groups];
        for (int a = 0; a < h.length; a++) {
            System.arraycopy(h[a], 0, paddedH[a], 0, groups);
        }
        return new ExactPoint(paddedW, paddedH, b);
    }
}
