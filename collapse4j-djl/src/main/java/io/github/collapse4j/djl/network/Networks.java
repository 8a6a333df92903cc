package io.github.collapse4j.djl.network;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import io.github.collapse4j.djl.FeatureTap;
import io.github.collapse4j.djl.SimplexEtfHead;

/** Builds complete networks: a body, a feature tap and a head. */
public final class Networks {
    private static final double HEAD_GAIN = 0.25;

    private Networks() {}

    /** The kinds of classifier. */
    public enum HeadKind {
        /** Trained weights. */
        learned,
        /** A fixed simplex ETF. */
        etf
    }

    /**
     * A head.
     *
     * @param kind learned or fixed
     * @param withBias whether it has a bias, which is trained in both kinds
     * @param etfNorm norm of a fixed head's vectors
     */
    public record Head(HeadKind kind, boolean withBias, double etfNorm) {}

    /**
     * Builds an uninitialised network whose initial parameters depend only on the seed.
     *
     * @param imageSide the larger of height and width
     */
    public static FeatureTap build(
            Bodies body, int featureDimension, long imageSide, Head head, int classes, long seed) {
        FeatureTap network =
                new FeatureTap(body.build(featureDimension, imageSide), head(head, classes, seed)).exposingFeatures();
        network.body().setInitializer(new SeededInitializer(seed, 1), Parameter.Type.WEIGHT);
        // no ReLU follows the head, and large initial logits make the first steps unstable
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
