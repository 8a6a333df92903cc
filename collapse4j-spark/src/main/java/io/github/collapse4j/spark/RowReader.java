package io.github.collapse4j.spark;

import io.github.collapse4j.data.SampleBatch;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/** Fills batches from the rows of a partition. */
record RowReader(FeatureType type, SampleRules rules) implements Serializable {

    int featureDimension() {
        return rules.featureDimension();
    }

    /**
     * Fills a batch with the next rows.
     *
     * @param first number of rows of the partition read before
     * @throws SampleException if a row is not a valid sample, naming row and column
     */
    void fill(SampleBatch batch, Iterator<InternalRow> rows, int partition, long first) {
        int count = 0;
        while (count < batch.capacity() && rows.hasNext()) {
            String wrong = read(rows.next(), batch, count);
            if (wrong != null) {
                throw invalid(partition, first + count, wrong);
            }
            count++;
        }
        batch.filled(first / batch.capacity(), count);
        int bad = batch.firstNonFinite();
        if (bad >= 0) {
            int d = featureDimension();
            throw invalid(partition, first + bad / d, rules.notFinite(bad % d, batch.features()[bad]));
        }
    }

    private static SampleException invalid(int partition, long row, String wrong) {
        return new SampleException("partition " + partition + ", row " + row + ", column " + wrong);
    }

    private @Nullable String read(InternalRow row, SampleBatch batch, int position) {
        if (row.isNullAt(SampleSchema.FEATURES)) {
            return rules.noFeatures();
        }
        double label = row.isNullAt(SampleSchema.LABEL) ? Double.NaN : row.getDouble(SampleSchema.LABEL);
        double weight = row.isNullAt(SampleSchema.WEIGHT) ? Double.NaN : row.getDouble(SampleSchema.WEIGHT);
        String wrong = rules.wrongDimension(type.size(row, SampleSchema.FEATURES));
        wrong = wrong == null ? rules.wrongLabel(label) : wrong;
        wrong = wrong == null ? rules.wrongWeight(weight) : wrong;
        if (wrong != null) {
            return wrong;
        }
        batch.labels()[position] = (int) label;
        batch.weights()[position] = weight;
        int missing = type.read(row, SampleSchema.FEATURES, batch.features(), position * featureDimension());
        return missing < 0 ? null : rules.missingFeature(missing);
    }
}
