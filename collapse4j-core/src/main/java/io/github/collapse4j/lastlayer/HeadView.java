package io.github.collapse4j.lastlayer;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.SampleMap;
import io.github.collapse4j.measure.SamplePasses;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.model.SquaredError;
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
        Matrix features = Matrix.zeros(d, n);
        System.arraycopy(batch.features(), 0, features.data(), 0, n * d);
        System.arraycopy(apply(features).data(), 0, mapped.features(), 0, n * projection.rows());
        mapped.filled(batch.number(), n);
        return mapped;
    }

    /** The view of features {@code d×n}. */
    Matrix apply(Matrix features) {
        Matrix centred = features.copy();
        for (int i = 0; i < centred.data().length; i++) {
            centred.data()[i] -= origin[i % origin.length];
        }
        return LinearAlgebra.multiply(projection, centred);
    }

    /**
     * The norm of the view of all features, in a pass over the samples; as the gradient of a penalty alone, whose sum does not
     * depend on threads.
     */
    double featureNorm(SamplePasses samples) {
        Matrix zeros = Matrix.zeros(classes, featureDimension());
        LayerLoss none = new LayerLoss(new SquaredError(), zeros, new double[classes]);
        return Math.sqrt(samples.mapped(this)
                .run(new LayerRequest.FeatureGradient(none, 1, FeatureDomain.FREE), 1, 1)
                .find(FeatureGradientAccumulator.class)
                .orElseThrow()
                .snapshot());
    }
}
