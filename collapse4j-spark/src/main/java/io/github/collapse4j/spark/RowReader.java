package io.github.collapse4j.spark;

import io.github.collapse4j.data.SampleBatch;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/** Fills batches from the rows of a partition. The names of the columns are for messages. */
record RowReader(
        FeatureType type,
        int featureDimension,
        int classes,
        String featureColumn,
        String labelColumn,
        String weightColumn)
        implements Serializable {

    /**
     * Fills a batch with the next rows.
     *
     * @param first how many rows of the partition were read before
     * @throws IllegalArgumentException if a row is no sample, with the row and the column
     */
    void fill(SampleBatch batch, Iterator<InternalRow> rows, int partition, long first) {
        int count = 0;
        while (count < batch.capacity() && rows.hasNext()) {
            InternalRow row = rows.next();
            String wrong = read(row, batch, count);
            if (wrong != null) {
                throw new IllegalArgumentException(
                        "partition " + partition + ", row " + (first + count) + ", column " + wrong);
            }
            count++;
        }
        batch.filled(first / batch.capacity(), count);
        int bad = batch.firstNonFinite();
        if (bad >= 0) {
            throw new IllegalArgumentException("partition " + partition + ", row " + (first + bad / featureDimension)
                    + ", column " + featureColumn + ": feature " + bad % featureDimension
                    + ": expected a finite number, found " + batch.features()[bad]);
        }
    }

    private @Nullable String read(InternalRow row, SampleBatch batch, int position) {
        if (row.isNullAt(SampleSchema.FEATURES)) {
            return featureColumn + ": expected " + featureDimension + " features, found null";
        }
        int d = type.size(row, SampleSchema.FEATURES);
        if (d != featureDimension) {
            return featureColumn + ": expected " + featureDimension + " features as in other rows, found " + d;
        }
        double label = row.isNullAt(SampleSchema.LABEL) ? Double.NaN : row.getDouble(SampleSchema.LABEL);
        if (!(label >= 0 && label < classes && label == Math.rint(label))) {
            return labelColumn + ": expected a label of 0 to " + (classes - 1) + ", found " + text(label);
        }
        double weight = row.isNullAt(SampleSchema.WEIGHT) ? Double.NaN : row.getDouble(SampleSchema.WEIGHT);
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            return weightColumn + ": expected a finite weight of at least 0, found "
                    + (Double.isNaN(weight) ? "none" : weight);
        }
        batch.labels()[position] = (int) label;
        batch.weights()[position] = weight;
        String wrong = type.read(row, SampleSchema.FEATURES, batch.features(), position * featureDimension);
        return wrong == null ? null : featureColumn + ": " + wrong;
    }

    private static String text(double label) {
        if (Double.isNaN(label)) {
            return "none";
        }
        return label == Math.rint(label) && Math.abs(label) < 0x1p53 ? Long.toString((long) label) : "" + label;
    }
}
