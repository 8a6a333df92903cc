package io.github.collapse4j.lastlayer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.collapse4j.fixtures.GoldenSamples;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.model.SquaredError;
import io.github.collapse4j.stats.Accumulator;
import io.github.collapse4j.stats.AccumulatorKind;
import io.github.collapse4j.stats.LinearClassifier;
import io.github.collapse4j.testkit.GoldenBytes;
import org.junit.jupiter.api.Test;

/** States of layers that another system wrote, see {@code golden/generate_states.py}: the same bytes here, and they are read. */
class StoredLayerStatesTest {
    private static LayerLoss layer() {
        LinearClassifier classifier = GoldenSamples.classifier();
        return new LayerLoss(new SquaredError(), classifier.weights(), classifier.bias());
    }

    private static <A extends Accumulator<?>> A read(AccumulatorKind<A> kind, String name) {
        byte[] golden = GoldenBytes.load(StoredLayerStatesTest.class, "/golden/" + name + ".state");
        A written = kind.empty().get();
        written.update(GoldenSamples.batch());
        assertArrayEquals(golden, written.toBytes());
        A read = kind.reader().apply(golden);
        assertArrayEquals(golden, read.toBytes());
        return read;
    }

    @Test
    void statesOfLayers() {
        LayerSums sums = read(LayerAccumulator.kind(layer()), "layer").snapshot();
        assertEquals(6, sums.weight());
        assertEquals(184, sums.featureSquares());
    }

    @Test
    void statesOfFeatureGradients() {
        read(FeatureGradientAccumulator.kind(layer(), 0.25, FeatureDomain.FREE), "feature-gradient");
    }
}
