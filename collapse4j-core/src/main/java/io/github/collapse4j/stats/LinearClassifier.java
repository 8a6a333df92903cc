package io.github.collapse4j.stats;

import io.github.collapse4j.linalg.Matrix;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A last layer: logits W h + b.
 *
 * @param weights W, {@code K×d}
 * @param bias b, of length K; zeros if there is none
 */
public record LinearClassifier(Matrix weights, double[] bias) implements Serializable {
    /** @throws IllegalArgumentException if the length of the bias is not K, or a number is not finite */
    public LinearClassifier {
        if (bias.length != weights.rows()) {
            throw new IllegalArgumentException(
                    "bias: expected " + weights.rows() + " numbers, one for each class, found " + bias.length);
        }
        requireFinite("weights", weights.data());
        requireFinite("bias", bias);
    }

    private static void requireFinite(String name, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(name + "[" + i + "]: expected a finite number, found " + values[i]);
            }
        }
    }

    /** A classifier without bias. */
    public static LinearClassifier withoutBias(Matrix weights) {
        return new LinearClassifier(weights, new double[weights.rows()]);
    }

    /** K. */
    public int classes() {
        return weights.rows();
    }

    /** Whether any entry of the bias is nonzero. */
    public boolean hasBias() {
        return Arrays.stream(bias).anyMatch(b -> b != 0);
    }
}
