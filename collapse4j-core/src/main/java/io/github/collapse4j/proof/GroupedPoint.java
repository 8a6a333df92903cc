package io.github.collapse4j.proof;

/**
 * A point of a grouped model that treats the classes of a group alike (docs/proof-format.md,
 * {@code grouped-global-minimum}); its doubles are taken as exact numbers.
 *
 * @param w G rows of p entries: what the rows of W have in common within each group
 * @param h p rows of G entries: what the columns of Ĥ have in common within each group
 * @param separation a_g ≥ 0: W and Ĥ of group g further contain a simplex with {@code WĤ = a_g(I − 11ᵀ/m_g)}, in
 *     m_g − 1 dimensions of their own unless a_g is 0
 * @param b a bias for each group, or none if the model has no bias
 */
public record GroupedPoint(double[][] w, double[][] h, double[] separation, double[] b) {
    /** p. */
    public int rank() {
        return h.length;
    }

    /** The feature dimensions that the point needs. */
    long dimensions(ExactModel model) {
        long dimensions = rank();
        for (int g = 0; g < separation.length; g++) {
            dimensions += separation[g] > 0 ? model.sizes()[g] - 1 : 0;
        }
        return dimensions;
    }
}
