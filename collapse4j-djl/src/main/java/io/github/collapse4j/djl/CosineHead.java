package io.github.collapse4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.Vectors;

/**
 * A cosine head: logits are a temperature times the products of features {@code N×d} with the rows of a matrix
 * {@code K×d}, scaled to unit length. The features must have unit length already ({@link #normalisation}).
 */
public final class CosineHead extends AbstractBlock {
    private static final float TINY = 1e-24f;

    private final Parameter weight;
    private final int classes;
    private final double temperature;

    /**
     * @param temperature τ &gt; 0, the factor of the cosines
     */
    @SuppressWarnings("this-escape") // as in DJL's blocks
    public CosineHead(int classes, double temperature) {
        this.classes = classes;
        this.temperature = temperature;
        weight = addParameter(Parameter.builder()
                .setName("weight")
                .setType(Parameter.Type.WEIGHT)
                .build());
    }

    /** A block that scales the rows of a matrix to unit length. */
    public static Block normalisation() {
        return LambdaBlock.singleton(CosineHead::normalised);
    }

    private static NDArray normalised(NDArray rows) {
        NDArray squares = rows.square().sum(new int[] {1}, true);
        return rows.div(squares.add(TINY).sqrt()); // a zero row stays zero, and its gradient finite
    }

    /** The rows that features are multiplied with: the given ones at length τ. */
    Matrix scaled(Matrix rows) {
        Matrix columns = rows.transpose();
        Matrix scaled = rows.copy();
        for (int k = 0; k < rows.rows(); k++) {
            double norm = Vectors.norm(columns.column(k));
            for (int j = 0; j < rows.columns(); j++) {
                scaled.set(k, j, norm == 0 ? 0 : temperature * rows.get(k, j) / norm);
            }
        }
        return scaled;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray features = inputs.singletonOrThrow();
        NDArray rows = normalised(parameterStore.getValue(weight, features.getDevice(), training));
        return new NDList(features.matMul(rows.transpose()).mul(temperature));
    }

    @Override
    protected void prepare(Shape[] inputShapes) {
        weight.setShape(new Shape(classes, inputShapes[0].get(1)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), classes)};
    }
}
