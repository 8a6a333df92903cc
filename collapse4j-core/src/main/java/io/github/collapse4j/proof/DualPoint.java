package io.github.collapse4j.proof;

/**
 * A dual point, as it stands in a proof file (docs/proof-format.md, “Lower bounds”).
 *
 * @param columns G columns of G: for cross-entropy probabilities q, {@code columns[g][h]} of each class of group h at a class of group g
 *     other than itself; for squared error residuals likewise
 * @param own for squared error the residual of the class itself, G entries; empty for cross-entropy, where it follows
 * @param scale c in [0, 1]
 */
public record DualPoint(double[][] columns, double[] own, double scale) {}
