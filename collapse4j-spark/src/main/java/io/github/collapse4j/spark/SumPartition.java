package io.github.collapse4j.spark;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.linalg.NativeThreads;
import io.github.collapse4j.measure.PassRequest;
import io.github.collapse4j.measure.PassSums;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/** Sums one partition on one thread; an empty one yields nothing. */
record SumPartition(Broadcast<SharedRequest> request, RowReader reader)
        implements Function2<Integer, Iterator<InternalRow>, Iterator<Tuple2<Integer, byte[]>>> {
    @Override
    public Iterator<Tuple2<Integer, byte[]>> call(Integer partition, Iterator<InternalRow> rows) {
        if (!rows.hasNext()) {
            return Collections.emptyIterator();
        }
        return List.of(new Tuple2<>(partition, sum(partition, rows))).iterator();
    }

    @SuppressWarnings("try") // the scope itself is what is wanted
    private byte[] sum(int partition, Iterator<InternalRow> rows) {
        try (NativeThreads single = NativeThreads.onePerCall()) {
            PassRequest.Prepared prepared = request.value().prepared();
            PassSums sums = prepared.begin();
            SampleBatch batch = new SampleBatch(reader.featureDimension(), prepared.batchSize());
            long done = 0;
            while (rows.hasNext()) {
                reader.fill(batch, rows, partition, done);
                sums.update(batch);
                done += batch.count();
            }
            return PartSums.of(sums);
        } catch (SampleException e) {
            return PartSums.error(String.valueOf(e.getMessage()));
        }
    }
}
