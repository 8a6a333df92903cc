package io.github.collapse4j.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.github.collapse4j.linalg.Matrix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a linear head, found in any block.
 *
 * @param weight W, {@code K×d}
 * @param bias b, K entries, if there is one
 */
public record LinearHead(Parameter weight, @Nullable Parameter bias) {

    /**
     * Finds the parameters of a block that has a weight matrix and at most a bias.
     *
     * @throws IllegalArgumentException if it has other parameters
     */
    public static LinearHead of(Block head) {
        if (!isLinear(head)) {
            throw new IllegalArgumentException("head: expected a weight and at most a bias, found "
                    + head.getParameters().keys());
        }
        List<Parameter> parameters = head.getParameters().values();
        return new LinearHead(parameters.get(0), parameters.size() > 1 ? parameters.get(1) : null);
    }

    static boolean isLinear(Block head) {
        List<Parameter> parameters = head.getParameters().values();
        return (parameters.size() == 1 || parameters.size() == 2)
                && parameters.get(0).getType() == Parameter.Type.WEIGHT
                && (parameters.size() == 1 || parameters.get(1).getType() == Parameter.Type.BIAS);
    }

    /** A copy of the current W. */
    public Matrix classifier() {
        Shape shape = weight.getArray().getShape();
        int classes = (int) shape.get(0);
        int d = (int) shape.get(1);
        float[] rows = weight.getArray().toFloatArray();
        Matrix w = Matrix.zeros(classes, d);
        for (int k = 0; k < classes; k++) {
            for (int j = 0; j < d; j++) {
                w.set(k, j, rows[k * d + j]);
            }
        }
        return w;
    }

    /** A copy of the current b; zeros if there is none. */
    public double[] biasEntries() {
        double[] b = new double[(int) weight.getArray().getShape().get(0)];
        if (bias != null) {
            NDArray array = bias.getArray();
            float[] entries = array.toFloatArray();
            for (int k = 0; k < b.length; k++) {
                b[k] = entries[k];
            }
        }
        return b;
    }
}
