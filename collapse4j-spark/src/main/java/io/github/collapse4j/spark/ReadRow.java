package io.github.collapse4j.spark;

import io.github.collapse4j.data.SampleBatch;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/** A single row as label and features, checked like all others. */
record ReadRow(RowReader reader) implements Function<InternalRow, Tuple2<Integer, double[]>> {
    @Override
    public Tuple2<Integer, double[]> call(InternalRow row) {
        SampleBatch batch = new SampleBatch(reader.featureDimension(), 1);
        reader.fill(batch, List.of(row).iterator(), 0, 0);
        return new Tuple2<>(batch.labels()[0], batch.features());
    }
}
