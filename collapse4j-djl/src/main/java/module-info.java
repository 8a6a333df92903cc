/** Neural collapse in networks trained with DJL. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"
}) // DJL's modules have names but no descriptors
module io.github.collapse4j.djl {
    requires transitive ai.djl.api;
    requires transitive io.github.collapse4j.core;
    requires transitive io.github.collapse4j.io;
    requires static transitive org.jspecify;
    requires org.slf4j;

    // API that no other module names: CollapseMeter, CosineHead, FeatureTap, LayerJudgement, LinearHead,
    // NeuralCollapseListener, SimplexEtfHead, UfmLoss.
    exports io.github.collapse4j.djl;

    // API that no other module names: ImageBatches, PixelScale.
    exports io.github.collapse4j.djl.data;
    exports io.github.collapse4j.djl.network;

    // API that no other module names: PenalizedAdam, PenalizedOptimizer, PenalizedSgd, Penalties.
    exports io.github.collapse4j.djl.optim;
    exports io.github.collapse4j.djl.train;
}
