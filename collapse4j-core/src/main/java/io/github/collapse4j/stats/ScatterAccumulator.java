package io.github.collapse4j.stats;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.ScatterSum;
import io.github.collapse4j.linalg.Vectors;

/**
 * Scatter within classes in one pass. Deviations are taken from a reference point per class, not from zero, and the
 * reference follows the mean: it is reset whenever the weight of a class has grown fourfold. The sum about the
 * reference is then at most four times the sum about the mean, so the subtraction costs two bits, unlike E[x²] − E[x]²,
 * which can lose all of them. A batch counts towards the reference before it is summed.
 */
final class ScatterAccumulator {
    private static final double GROWTH = 4;

    private final int featureDimension;
    private final double[] references;
    private final double[] referenceWeights;
    private final double[] squares;
    private final ScatterSum sum;
    private double[] columns = new double[0];
    private double[] oldMeans = new double[0];

    ScatterAccumulator(int classes, int featureDimension) {
        this(
                featureDimension,
                new double[classes * featureDimension],
                new double[classes],
                new double[classes],
                new ScatterSum(featureDimension));
    }

    private ScatterAccumulator(
            int featureDimension, double[] references, double[] referenceWeights, double[] squares, ScatterSum sum) {
        this.featureDimension = featureDimension;
        this.references = references;
        this.referenceWeights = referenceWeights;
        this.squares = squares;
        this.sum = sum;
    }

    /** Before a batch is added to the sums: saves the means of the classes whose reference it will move. */
    void begin(ClassSums sums, double[] before, double[] after) {
        if (oldMeans.length == 0) {
            oldMeans = new double[references.length];
        }
        for (int k = 0; k < before.length; k++) {
            if (before[k] > 0 && outgrows(k, before, after)) {
                sums.mean(k, before[k], oldMeans, k * featureDimension);
            }
        }
    }

    private boolean outgrows(int k, double[] before, double[] after) {
        return after[k] > before[k] && after[k] >= GROWTH * referenceWeights[k];
    }

    /** Adds a batch that the sums already include. */
    void update(SampleBatch batch, ClassSums sums, double[] before, double[] after) {
        int d = featureDimension;
        for (int k = 0; k < before.length; k++) {
            if (outgrows(k, before, after)) {
                moveReference(k, sums, before[k], after[k]);
            }
        }
        ensureColumns(batch.count());
        for (int j = 0; j < batch.count(); j++) {
            int label = batch.labels()[j];
            double weight = batch.weights()[j];
            double root = weight == 1 ? 1 : Math.sqrt(weight);
            for (int i = 0; i < d; i++) {
                columns[j * d + i] = root * (batch.features()[j * d + i] - references[label * d + i]);
            }
            squares[label] += Vectors.squares(columns, j * d, (j + 1) * d);
        }
        sum.add(1, columns, batch.count());
    }

    private void moveReference(int k, ClassSums sums, double before, double after) {
        int d = featureDimension;
        ensureColumns(1);
        if (before > 0) {
            squares[k] -= before * deviation(k);
            sum.add(-before, columns, 1);
        }
        sums.mean(k, after, references, k * d);
        referenceWeights[k] = after;
        if (before > 0) {
            squares[k] += before * deviation(k);
            sum.add(before, columns, 1);
        }
        squares[k] = Math.max(0, squares[k]);
    }

    /** Writes the old mean minus the reference of a class to the first column and returns its square. */
    private double deviation(int k) {
        int d = featureDimension;
        double square = 0;
        for (int i = 0; i < d; i++) {
            double difference = oldMeans[k * d + i] - references[k * d + i];
            columns[i] = difference;
            square += difference * difference;
        }
        return square;
    }

    private void ensureColumns(int count) {
        if (columns.length < count * featureDimension) {
            columns = new double[count * featureDimension];
        }
    }

    /** The scatter about the means themselves (change of reference: Chan, Golub and LeVeque 1983). */
    WithinScatter snapshot(Matrix means, double[] weights) {
        int d = featureDimension;
        double[] centred = squares.clone();
        ScatterSum correction = new ScatterSum(d);
        double[] shifts = new double[references.length];
        for (int k = 0; k < weights.length; k++) {
            if (weights[k] > 0) {
                double root = Math.sqrt(weights[k]);
                double square = 0;
                for (int i = k * d; i < (k + 1) * d; i++) {
                    shifts[i] = root * (means.data()[i] - references[i]);
                    square += shifts[i] * shifts[i];
                }
                centred[k] = Math.max(0, centred[k] - square);
            }
        }
        correction.add(-1, shifts, weights.length);
        return new WithinScatter(sum.toMatrix().add(1, correction.toMatrix()), centred);
    }

    /** Adds the scatter of another accumulator; the sums of both must be those from before the merge. */
    void merge(ClassSums sums, double[] weights, ScatterAccumulator other, ClassSums otherSums, double[] otherWeights) {
        int d = featureDimension;
        Matrix means = sums.means(weights);
        Matrix otherMeans = otherSums.means(otherWeights);
        WithinScatter mine = snapshot(means, weights);
        WithinScatter theirs = other.snapshot(otherMeans, otherWeights);
        double[] differences = new double[references.length];
        for (int k = 0; k < weights.length; k++) {
            double total = weights[k] + otherWeights[k];
            double square = 0;
            for (int i = k * d; total > 0 && i < (k + 1) * d; i++) {
                double difference = otherMeans.data()[i] - means.data()[i];
                boolean both = weights[k] > 0 && otherWeights[k] > 0;
                differences[i] = both ? Math.sqrt(weights[k] * (otherWeights[k] / total)) * difference : 0;
                square += differences[i] * differences[i];
                references[i] = weights[k] > 0
                        ? means.data()[i] + otherWeights[k] / total * (both ? difference : 0)
                        : otherMeans.data()[i];
            }
            squares[k] = mine.squares()[k] + theirs.squares()[k] + square;
            referenceWeights[k] = total;
        }
        ScatterSum between = new ScatterSum(d);
        between.add(1, differences, weights.length);
        sum.set(mine.pooled().add(1, theirs.pooled()).add(1, between.toMatrix()));
    }

    void write(StateWriter writer) {
        writer.put(references)
                .put(referenceWeights)
                .put(squares)
                .put(sum.toMatrix().data());
    }

    static ScatterAccumulator read(StateReader reader, int classes, int d) {
        double[] references = reader.numbers((long) classes * d);
        double[] referenceWeights = reader.weights(classes);
        double[] squares = reader.weights(classes);
        ScatterSum sum = new ScatterSum(d);
        sum.set(Matrix.wrap(d, d, reader.numbers((long) d * d)));
        return new ScatterAccumulator(d, references, referenceWeights, squares, sum);
    }
}
