package io.github.collapse4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.SimplexEtf;
import org.jspecify.annotations.Nullable;

/**
 * A linear head whose weights are fixed to a randomly oriented simplex ETF (Zhu et al. 2021, arXiv 2105.02375, §4; Yang
 * et al. 2022): K·d fewer parameters to train, without gradients or optimiser state. The feature dimension d ≥ K − 1 is
 * taken from the input.
 */
public final class SimplexEtfHead extends AbstractBlock {
    private final int classes;
    private final double norm;
    private final long seed;
    private final Parameter weight;
    private final @Nullable Parameter bias;

    private SimplexEtfHead(int classes, double norm, long seed, boolean withBias) {
        this.classes = classes;
        this.norm = norm;
        this.seed = seed;
        this.weight = addParameter(Parameter.builder()
                .setName("weight")
                .setType(Parameter.Type.WEIGHT)
                .optRequiresGrad(false)
                .build());
        this.bias = withBias
                ? addParameter(Parameter.builder()
                        .setName("bias")
                        .setType(Parameter.Type.BIAS)
                        .build())
                : null;
    }

    /** Creates a head of K unit vectors without bias, oriented by seed 0. */
    public static SimplexEtfHead of(int classes) {
        if (classes < 2) {
            throw new IllegalArgumentException("classes: expected at least 2, found " + classes);
        }
        return new SimplexEtfHead(classes, 1, 0, false);
    }

    /** Returns a copy with another norm ‖w_k‖ of the vectors. */
    public SimplexEtfHead withNorm(double length) {
        return new SimplexEtfHead(classes, length, seed, bias != null);
    }

    /** Returns a copy with another orientation. */
    public SimplexEtfHead withSeed(long newSeed) {
        return new SimplexEtfHead(classes, norm, newSeed, bias != null);
    }

    /** Returns a copy with a bias, which is trained. */
    public SimplexEtfHead withBias() {
        return new SimplexEtfHead(classes, norm, seed, true);
    }

    @Override
    protected void prepare(Shape[] inputShapes) {
        long d = inputShapes[0].get(inputShapes[0].dimension() - 1);
        if (d < classes - 1) {
            throw new IllegalArgumentException("features: expected a dimension of at least K − 1 = " + (classes - 1)
                    + " for a simplex ETF, found " + d);
        }
        weight.setShape(new Shape(classes, d));
        if (bias != null) {
            bias.setShape(new Shape(classes));
        }
        // here and not in the constructor, because a trainer sets its own initializer for all weights in between
        weight.setInitializer(this::frame);
    }

    private NDArray frame(NDManager manager, Shape shape, DataType type) {
        int d = (int) shape.get(1);
        Matrix frame = SimplexEtf.of(classes, d, norm, seed);
        float[] rows = new float[classes * d];
        for (int k = 0; k < classes; k++) {
            for (int j = 0; j < d; j++) {
                rows[k * d + j] = (float) frame.get(k, j);
            }
        }
        NDArray array = manager.create(rows, shape);
        return type == DataType.FLOAT32 ? array : array.toType(type, false);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        // no child blocks
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray features = inputs.singletonOrThrow();
        NDArray w = parameterStore.getValue(weight, features.getDevice(), training);
        return bias == null
                ? Linear.linear(features, w)
                : Linear.linear(features, w, parameterStore.getValue(bias, features.getDevice(), training));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {
            inputShapes[0].slice(0, inputShapes[0].dimension() - 1).add(classes)
        };
    }
}
