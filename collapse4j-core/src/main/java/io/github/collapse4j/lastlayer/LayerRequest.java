package io.github.collapse4j.lastlayer;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.PassRequest;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.stats.MomentsAccumulator;

/**
 * Requests the sums that a certificate is computed from.
 *
 * @param toSeen maps logits less bias to what the head sees of the features, {@code r×K}; r is 0 if that is not asked for
 */
record LayerRequest(LayerLoss layer, Matrix toSeen) implements PassRequest {
    @Override
    public Prepared prepare() {
        return new Prepared(
                layer.batchSize(),
                layer.maxThreads(),
                MomentsAccumulator.kind(layer.classes(), layer.featureDimension(), false),
                LayerAccumulator.kind(layer, toSeen));
    }

    @Override
    public String description() {
        return "loss and gradient of the layer";
    }

    /** Requests loss and gradient alone. */
    record Gradient(LayerLoss layer) implements PassRequest {
        @Override
        public Prepared prepare() {
            return new Prepared(layer.batchSize(), layer.maxThreads(), LayerAccumulator.kind(layer));
        }

        @Override
        public String description() {
            return "loss and gradient of the head";
        }
    }

    /**
     * Requests {@code ‖WᵀE + ν·H‖²}.
     *
     * @param factor ν
     * @param domain that of the features
     */
    record FeatureGradient(LayerLoss layer, double factor, FeatureDomain domain) implements PassRequest {
        @Override
        public Prepared prepare() {
            return new Prepared(layer.batchSize(), FeatureGradientAccumulator.kind(layer, factor, domain));
        }

        @Override
        public String description() {
            return "gradient by the features";
        }
    }
}
