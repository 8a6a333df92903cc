package io.github.collapse4j.measure;

import io.github.collapse4j.linalg.BinaryScale;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.linalg.OutOfRangeException;
import io.github.collapse4j.linalg.Vectors;
import io.github.collapse4j.metrics.CentredMeans;
import io.github.collapse4j.stats.ClassMoments;
import io.github.collapse4j.stats.LinearClassifier;
import java.util.Optional;

/**
 * Features in units of a power of two in which squares are in range. Up to round-off, a metric either does not depend
 * on the units or is converted back.
 */
record Units(BinaryScale scale) {
    /** W in the inverse units, so that the logits are unchanged. */
    LinearClassifier toUnits(LinearClassifier classifier) {
        return new LinearClassifier(up(classifier.weights(), "weights in units of the features"), classifier.bias());
    }

    ClassMoments toUnits(ClassMoments moments) {
        return new ClassMoments(
                moments.counts(),
                moments.weights(),
                down(moments.means()),
                down(moments.remainders()),
                Optional.empty());
    }

    /** Converts a measurement back to the features' own units; the scatter, whose entries are squares, is left out. */
    CollapseMeasurement fromUnits(CollapseMeasurement measured) {
        double[] variances = measured.variances().clone();
        for (int k = 0; k < variances.length; k++) {
            variances[k] = scale.up(scale.up(variances[k]));
        }
        ClassMoments moments = measured.moments();
        CentredMeans centred = measured.centred();
        return new CollapseMeasurement(
                measured.provenance(),
                new ClassMoments(
                        moments.counts(),
                        moments.weights(),
                        up(moments.means(), "class means"),
                        up(moments.remainders(), "class means"),
                        Optional.empty()),
                new CentredMeans(
                        centred.classes(),
                        up(centred.means(), "class means"),
                        up(Matrix.wrap(centred.globalMean().length, 1, centred.globalMean()), "global mean")
                                .data(),
                        up(centred.centred(), "centred class means")),
                variances,
                measured.variability(),
                measured.means(),
                measured.pairs(),
                measured.classifier(),
                measured.decisions(),
                measured.oodOrthogonality());
    }

    /** A classifier with the same decisions: W and b divided by the same power of two. */
    static LinearClassifier decidingAlike(LinearClassifier classifier) {
        BinaryScale size = BinaryScale.of(
                Math.max(Vectors.maxAbs(classifier.weights().data()), Vectors.maxAbs(classifier.bias())));
        Matrix weights = classifier.weights();
        return size.isOne()
                ? classifier
                : new LinearClassifier(
                        Matrix.wrap(weights.rows(), weights.columns(), size.down(weights.data())),
                        size.down(classifier.bias()));
    }

    /** Rejects class means so large or small that sums of squares taken in other units have lost their digits. */
    static void requireOrdinary(CentredMeans centred) {
        double largest = Vectors.maxAbs(centred.centred().data());
        if (!Double.isFinite(largest) || !BinaryScale.of(largest).isOne()) {
            throw new OutOfRangeException("features: expected class means whose squares are in the range of double"
                    + " precision, found differences of up to " + largest + " (files can be measured at any scale)");
        }
    }

    private Matrix down(Matrix matrix) {
        return Matrix.wrap(matrix.rows(), matrix.columns(), scale.down(matrix.data()));
    }

    private Matrix up(Matrix matrix, String name) {
        Matrix result = matrix.copy();
        for (int i = 0; i < result.data().length; i++) {
            result.data()[i] = scale.up(result.data()[i]);
            if (!Double.isFinite(result.data()[i])) {
                throw new OutOfRangeException(name + ": expected numbers in the range of double precision, found "
                        + matrix.data()[i] + " times 2^" + scale.exponent());
            }
        }
        return result;
    }
}
