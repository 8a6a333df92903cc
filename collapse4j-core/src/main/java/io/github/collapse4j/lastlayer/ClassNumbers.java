package io.github.collapse4j.lastlayer;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.measure.SampleMap;
import io.github.collapse4j.stats.BatchChecks;

/**
 * Numbers the classes that have samples from 0.
 *
 * @param featureDimension d
 * @param classes the number of these
 * @param numbers the new number of each class, −1 if it has no sample
 */
record ClassNumbers(int featureDimension, int classes, int[] numbers) implements SampleMap {
    @Override
    public SampleBatch apply(SampleBatch batch) {
        BatchChecks.require(batch, numbers.length, featureDimension);
        int n = batch.count();
        SampleBatch mapped = new SampleBatch(featureDimension, n);
        System.arraycopy(batch.features(), 0, mapped.features(), 0, n * featureDimension);
        System.arraycopy(batch.weights(), 0, mapped.weights(), 0, n);
        for (int j = 0; j < n; j++) {
            mapped.labels()[j] = numbers[batch.labels()[j]];
        }
        mapped.filled(batch.number(), n);
        return mapped;
    }
}
