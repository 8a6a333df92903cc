package io.github.collapse4j.lastlayer;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.LinearAlgebra.Op;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.SampleMap;
import io.github.collapse4j.stats.BatchChecks;

/**
 * Features as a head sees them: {@code P(h − m)} (docs/theory.md §8, "The layer as the head sees it").
 *
 * @param projection P, {@code r×d} with orthonormal rows
 * @param origin m, d entries
 * @param classes K
 */
record HeadView(Matrix projection, double[] origin, int classes) implements SampleMap {
    @Override
    public int featureDimension() {
        return projection.rows();
    }

    @Override
    public SampleBatch apply(SampleBatch batch) {
        int n = batch.count();
        int d = projection.columns();
        BatchChecks.require(batch, classes, d);
        SampleBatch mapped = new SampleBatch(projection.rows(), n);
        System.arraycopy(batch.labels(), 0, mapped.labels(), 0, n);
        System.arraycopy(batch.weights(), 0, mapped.weights(), 0, n);
        Matrix centred = Matrix.zeros(d, n);
        for (int i = 0; i < n * d; i++) {
            centred.data()[i] = batch.features()[i] - origin[i % d];
        }
        Matrix seen = Matrix.wrap(projection.rows(), n, mapped.features());
        LinearAlgebra.multiply(1, projection, Op.NONE, centred, Op.NONE, 0, seen);
        mapped.filled(batch.number(), n);
        return mapped;
    }
}
