package io.github.collapse4j.metrics;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.stats.LinearClassifier;
import io.github.collapse4j.stats.MomentsAccumulator;
import io.github.collapse4j.testkit.Close;
import org.junit.jupiter.api.Test;

class BiasRelationTest {
    /** Three samples of class 0 and one of class 1: the mean of all samples is not the mean of the class means. */
    @Test
    void isTheLengthOfTheMeanLogitVector() {
        double[] features = {1, 0, 2, 1, 3, 2, -4, 5};
        int[] labels = {0, 0, 0, 1};
        SampleBatch batch = new SampleBatch(2, 4);
        System.arraycopy(features, 0, batch.features(), 0, features.length);
        System.arraycopy(labels, 0, batch.labels(), 0, labels.length);
        batch.filled(0, 4);
        MomentsAccumulator moments = new MomentsAccumulator(2, 2, false);
        moments.update(batch);
        Matrix w = Matrix.wrap(2, 2, new double[] {1, -2, 0.5, 3});
        LinearClassifier classifier = new LinearClassifier(w, new double[] {0.25, -1});

        // The mean of the samples is (0.5, 2): logits 0.5 + 1 + 0.25 and −1 + 6 − 1.
        Close.assertClose(
                Math.hypot(1.75, 4), BiasRelation.of(classifier, moments.snapshot()), 1e-15, 0, "mean logits");
    }
}
