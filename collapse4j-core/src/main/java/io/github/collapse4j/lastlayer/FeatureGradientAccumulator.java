package io.github.collapse4j.lastlayer;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.HeadFactor;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.stats.Accumulator;
import io.github.collapse4j.stats.AccumulatorKind;
import io.github.collapse4j.stats.BatchChecks;
import io.github.collapse4j.stats.DoubledSums;
import io.github.collapse4j.stats.State;
import io.github.collapse4j.stats.StateReader;
import io.github.collapse4j.stats.StateWriter;

/**
 * Sums the squares of {@code WᵀE + ν·H}, whose two terms may cancel; of non-negative features without the components that
 * point out of H ≥ 0.
 */
final class FeatureGradientAccumulator implements Accumulator<Double> {
    private static final int PAYLOAD = 3 * Long.BYTES;

    private final LayerLoss layer;
    private final double factor;
    private final FeatureDomain domain;
    private final BatchResiduals batch;
    private final DoubledSums squares;

    /** Buffer, reused while batches have the same size. */
    private Matrix gradient = Matrix.zeros(0, 0);

    private FeatureGradientAccumulator(
            LayerLoss layer, HeadFactor head, double factor, FeatureDomain domain, DoubledSums squares) {
        this.layer = layer;
        this.factor = factor;
        this.domain = domain;
        this.batch = new BatchResiduals(layer, head);
        this.squares = squares;
    }

    /** @param factor ν */
    static AccumulatorKind<FeatureGradientAccumulator> kind(LayerLoss layer, double factor, FeatureDomain domain) {
        HeadFactor head = layer.factor();
        return new AccumulatorKind<>(
                FeatureGradientAccumulator.class,
                () -> new FeatureGradientAccumulator(layer, head, factor, domain, new DoubledSums(1)),
                state -> {
                    StateReader reader = new StateReader(state, State.FEATURE_GRADIENT);
                    reader.requireFrame(layer.classes(), layer.featureDimension());
                    reader.requireRemaining(PAYLOAD);
                    reader.requireFingerprint(fingerprint(layer, factor, domain));
                    return new FeatureGradientAccumulator(layer, head, factor, domain, DoubledSums.read(reader, 1));
                });
    }

    @Override
    public void update(SampleBatch samples) {
        BatchChecks.require(samples, layer.classes(), layer.featureDimension());
        if (samples.count() > 0) {
            batch.evaluate(samples);
            if (gradient.columns() != samples.count()) {
                gradient = Matrix.zeros(layer.featureDimension(), samples.count());
            }
            batch.products().backward(batch.residual(), gradient);
            gradient.add(factor, batch.features());
            if (domain == FeatureDomain.NONNEGATIVE) {
                project(gradient.data(), batch.features().data());
            }
            squares.add(gradient.dot(gradient));
        }
    }

    /** The step to the nearest feature that is not negative along the gradient, as far as ν·h goes. */
    private void project(double[] gradient, double[] features) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = Math.min(gradient[i], factor * features[i]);
        }
    }

    private static long fingerprint(LayerLoss layer, double factor, FeatureDomain domain) {
        return domain == FeatureDomain.FREE ? layer.fingerprint(factor) : layer.fingerprint(factor, 1);
    }

    @Override
    public void merge(Accumulator<?> other) {
        if (!(other instanceof FeatureGradientAccumulator that)
                || fingerprint(that.layer, that.factor, that.domain) != fingerprint(layer, factor, domain)) {
            throw new IllegalArgumentException("states differ: expected sums of the same layer, found " + other);
        }
        squares.merge(that.squares);
    }

    @Override
    public Double snapshot() {
        return squares.values()[0];
    }

    @Override
    public byte[] toBytes() {
        StateWriter writer = new StateWriter(State.FEATURE_GRADIENT, layer.classes(), layer.featureDimension(), PAYLOAD)
                .put(fingerprint(layer, factor, domain));
        squares.write(writer);
        return writer.finish();
    }
}
