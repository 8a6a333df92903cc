package io.github.collapse4j.djl.network;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import io.github.collapse4j.djl.CosineHead;
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
     * Builds an uninitialised network with features of any sign.
     *
     * @param imageSide the larger of height and width
     */
    public static FeatureTap build(
            Bodies body, int featureDimension, long imageSide, Head head, int classes, long seed) {
        return build(body, featureDimension, new LastFeatures.Free(), imageSide, head, classes, seed);
    }

    /**
     * Builds an uninitialised network whose initial parameters depend only on the seed.
     *
     * @param features what the body ends with; a head for normalised features is learned and has no bias
     * @param imageSide the larger of height and width
     */
    public static FeatureTap build(
            Bodies body,
            int featureDimension,
            LastFeatures features,
            long imageSide,
            Head head,
            int classes,
            long seed) {
        Block part = body.build(featureDimension, imageSide, features instanceof LastFeatures.Rectified);
        FeatureTap network = (features instanceof LastFeatures.Normalised unit
                        ? new FeatureTap(
                                new SequentialBlock().add(part).add(CosineHead.normalisation()),
                                new CosineHead(classes, unit.temperature()))
                        : new FeatureTap(part, head(head, classes, seed)))
                .exposingFeatures();
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
