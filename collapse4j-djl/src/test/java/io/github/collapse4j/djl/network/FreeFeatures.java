package io.github.collapse4j.djl.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * Free features: d parameters for each of N samples. Followed by a head it is the unconstrained feature model itself.
 * The input is ignored; the output is always all features, {@code N×d}.
 */
final class FreeFeatures extends AbstractBlock {
    private final Parameter features;

    /** N features of dimension d. */
    FreeFeatures(int samples, int featureDimension) {
        features = addParameter(Parameter.builder()
                .setName("features")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(samples, featureDimension))
                .build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray input = inputs.head();
        NDArray all = parameterStore.getValue(features, input.getDevice(), training);
        // a copy in the inputs' manager, as the caller expects (a sum: see UfmLoss about products)
        NDArray own = all.add(0);
        own.attach(input.getManager());
        return new NDList(own);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        // no child blocks
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {features.getShape()};
    }
}
