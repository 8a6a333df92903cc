package io.github.collapse4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network in two parts: a body, whose output is the features ({@code N×d}, the rows are hᵢᵀ), and a head that maps
 * them to logits ({@code N×K}). It trains like the whole network, and gives access to the features in between.
 */
public final class FeatureTap extends AbstractBlock {
    private final Block body;
    private final Block head;
    private boolean exposing;

    /** Creates a tap between two parts, shared with the caller. Names of the head's parameters begin with "02". */
    @SuppressWarnings("this-escape") // as in DJL's blocks
    public FeatureTap(Block body, Block head) {
        this.body = addChildBlock("body", body);
        this.head = addChildBlock("head", head);
    }

    /**
     * Creates a tap before the last layer of any network. The children are shared, not copied, so trained parameters
     * are kept. Blocks without parameters after the last layer, such as a flattening one, stay after it.
     *
     * @throws IllegalArgumentException if the last child with parameters is not a linear layer, or is the first child
     */
    public static FeatureTap before(SequentialBlock network) {
        List<Block> children = network.getChildren().values();
        int last = children.size() - 1;
        while (last > 0 && children.get(last).getParameters().isEmpty()) {
            last--;
        }
        if (last < 1) {
            throw new IllegalArgumentException(
                    "network: expected a body and a last layer, found " + children.size() + " children");
        }
        if (!LinearHead.isLinear(children.get(last))) {
            throw new IllegalArgumentException("network: expected a linear layer as the last child, found "
                    + children.get(last).getClass().getSimpleName()
                    + "; name the parts with new FeatureTap(body, head)");
        }
        boolean alone = last == children.size() - 1;
        return new FeatureTap(
                sequence(children.subList(0, last)),
                alone ? children.get(last) : sequence(children.subList(last, children.size())));
    }

    private static SequentialBlock sequence(List<Block> blocks) {
        SequentialBlock sequence = new SequentialBlock();
        blocks.forEach(sequence::add);
        return sequence;
    }

    /**
     * Makes the output two arrays, logits and features, for losses that need features ({@link UfmLoss}); other losses
     * are used through {@code new IndexLoss(loss, 0)}.
     *
     * @return this
     */
    public FeatureTap exposingFeatures() {
        exposing = true;
        return this;
    }

    /** The part before the features. */
    public Block body() {
        return body;
    }

    /** The part from features to logits. */
    public Block head() {
        return head;
    }

    /**
     * Computes the features of inputs, in evaluation mode.
     *
     * @return {@code N×d}, attached to the manager of the inputs
     * @throws IllegalStateException if the body's output is not a matrix
     */
    public NDArray features(ParameterStore parameters, NDList inputs) {
        return features(parameters, inputs, false, null);
    }

    private NDArray features(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> params) {
        NDArray features = body.forward(parameters, inputs, training, params).singletonOrThrow();
        if (features.getShape().dimension() != 2) {
            throw new IllegalStateException(
                    "body: expected features N×d, found " + features.getShape() + " (end it with a flattening block)");
        }
        return features;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray features = features(parameterStore, inputs, training, params);
        NDArray logits = head.forward(parameterStore, new NDList(features), training, params)
                .singletonOrThrow();
        return exposing ? new NDList(logits, features) : new NDList(logits);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        body.initialize(manager, dataType, inputShapes);
        head.initialize(manager, dataType, body.getOutputShapes(inputShapes));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape[] features = body.getOutputShapes(inputShapes);
        Shape[] logits = head.getOutputShapes(features);
        return exposing ? new Shape[] {logits[0], features[0]} : logits;
    }
}
