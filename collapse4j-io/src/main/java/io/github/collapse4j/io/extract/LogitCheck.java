package io.github.collapse4j.io.extract;

import io.github.collapse4j.io.InputException;
import io.github.collapse4j.linalg.LinearAlgebra;
import io.github.collapse4j.linalg.Matrix;
import java.util.function.IntFunction;

/**
 * Compares {@code W·h + b} with the logits of the model itself. They differ by no more than the round-off of a sum of d
 * products, {@code (d + 4)·u·(‖w‖·‖h‖ + |b|)}, or the head is not the one that makes the logits. Thread-safe.
 */
final class LogitCheck {
    private final String model;
    private final Matrix weights;
    private final double[] bias;
    private final double[] norms;
    private final double roundOff;

    LogitCheck(String model, TrainedModel trained) {
        this.model = model;
        this.weights = trained.weights();
        this.bias = trained.bias().orElseGet(() -> new double[weights.rows()]);
        this.norms = weights.rowNorms();
        this.roundOff = (weights.columns() + 4) * trained.roundOff();
    }

    /**
     * What a batch shows.
     *
     * @param difference the largest absolute difference of a logit
     * @param largest the largest absolute logit
     */
    record Compared(double difference, double largest) {
        static final Compared NOTHING = new Compared(0, 0);

        Compared and(Compared other) {
            return new Compared(Math.max(difference, other.difference), Math.max(largest, other.largest));
        }
    }

    /**
     * Compares the first samples of a batch.
     *
     * @param name what messages call a sample of it
     * @throws InputException if a number is not finite, or a difference larger than round-off
     */
    Compared compare(TrainedModel.Outputs outputs, int count, IntFunction<String> name) throws InputException {
        int classes = weights.rows();
        int d = weights.columns();
        double[] features = new double[count * d];
        double[] lengths = new double[count];
        for (int i = 0; i < count; i++) {
            double sum = 0;
            for (int j = i * d; j < (i + 1) * d; j++) {
                features[j] = outputs.features()[j];
                sum += features[j] * features[j];
            }
            lengths[i] = Math.sqrt(sum);
            if (!Double.isFinite(sum)) {
                throw new InputException(
                        name.apply(i) + ": expected finite features, found others (is the normalisation right?)");
            }
        }
        Matrix expected = LinearAlgebra.multiply(weights, Matrix.wrap(d, count, features));
        double difference = 0;
        double largest = 0;
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < classes; k++) {
                double found = outputs.logits()[i * classes + k];
                double apart = Math.abs(expected.get(k, i) + bias[k] - found);
                double tolerance = roundOff * (norms[k] * lengths[i] + Math.abs(bias[k]));
                if (!(apart <= tolerance)) {
                    throw new InputException(model + ": expected W·h + b to be the model's own logits, found logit " + k
                            + " of " + name.apply(i) + " to be " + found + " instead of "
                            + (expected.get(k, i) + bias[k]) + ", which rounding does not explain");
                }
                difference = Math.max(difference, apart);
                largest = Math.max(largest, Math.abs(found));
            }
        }
        return new Compared(difference, largest);
    }
}
