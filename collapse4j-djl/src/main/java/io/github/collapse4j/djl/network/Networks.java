package io.github.collapse4j.djl.network;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import io.github.collapse4j.djl.FeatureTap;
import io.github.collapse4j.djl.SimplexEtfHead;

/** Whole networks: a body, a tap for its features, and a head. */
public final class Networks {
    private static final double HEAD_GAIN = 0.25;

    private Networks() {}

    /** The two ways to have a classifier. */
    public enum HeadKind {
        /** Weights that are trained. */
        learned,
        /** A simplex ETF that is not. */
        etf
    }

    /**
     * A head.
     *
     * @param kind learned or fixed
     * @param withBias whether it has a bias, which is trained in both
     * @param etfNorm the length of a fixed head's vectors
     */
    public record Head(HeadKind kind, boolean withBias, double etfNorm) {}

    /**
     * Builds a network, without arrays yet, whose parameters depend on the seed alone.
     *
     * @param imageSide the larger of height and width
     */
    public static FeatureTap build(
            Bodies body, int featureDimension, long imageSide, Head head, int classes, long seed) {
        FeatureTap network =
                new FeatureTap(body.build(featureDimension, imageSide), head(head, classes, seed)).exposingFeatures();
        network.body().setInitializer(new SeededInitializer(seed, 1), Parameter.Type.WEIGHT);
        // no rectifier comes before the classes, and large first logits make the first steps unstable
        network.head().setInitializer(new SeededInitializer(~seed, HEAD_GAIN), Parameter.Type.WEIGHT);
        return network;
    }

    private static Block head(Head head, int classes, long seed) {
        return switch (head.kind()) {
            case learned ->
                Linear.builder().setUnits(classes).optBias(head.withBias()).build();
            case etf -> {
                SimplexEtfHead fixed =
                        SimplexEtfHead.of(classes).withNorm(head.etfNorm()).withSeed(seed);
                yield head.withBias() ? fixed.withBias() : fixed;
            }
        };
    }
}
