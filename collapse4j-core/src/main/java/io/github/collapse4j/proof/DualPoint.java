package io.github.collapse4j.proof;

/**
 * A dual point as stored in a proof file (docs/proof-format.md, “Lower bounds”).
 *
 * @param columns G columns of G entries. For cross-entropy {@code columns[g][h]} is the probability, at a class of
 *     group g, of each other class of group h; for squared error the corresponding residual
 * @param own the entry of the class itself, G entries, where the columns do not contain it; empty for cross-entropy,
 *     where it is implied
 * @param scale c in [0, 1]
 */
public record DualPoint(double[][] columns, double[] own, double scale) {
    /** Entry e of a column of a loss. */
    Interval stored(SampleLoss loss, int e, int j) {
        return Interval.of(loss.isOwn(e, j) && own.length > 0 ? own[j] : columns[j][e]);
    }
}
