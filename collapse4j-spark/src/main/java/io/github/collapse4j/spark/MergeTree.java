package io.github.collapse4j.spark;

import io.github.collapse4j.measure.PassSums;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Merges the sums of partitions in a tree, so that neither the driver nor a task holds many of them. Unlike
 * {@code treeReduce}, it merges in the order of the partitions: not even the last bit of a result depends on the timing
 * of tasks or on retries.
 */
final class MergeTree {
    /** The maximum number of sums merged in one step. */
    private static final int MAX_FAN_IN = 16;

    private final JavaSparkContext spark;
    private final String name;

    MergeTree(JavaSparkContext spark, String name) {
        this.spark = spark;
        this.name = name;
    }

    /** Merges the sums of partitions 0…n−1 into one, or none if there are none. */
    List<byte[]> merge(JavaPairRDD<Integer, byte[]> sums, Broadcast<SharedRequest> request) {
        int parts = sums.getNumPartitions();
        JavaPairRDD<Integer, byte[]> level = sums;
        while (parts > 1) {
            int each = parts <= MAX_FAN_IN ? parts : (int) Math.min(MAX_FAN_IN, Math.ceil(Math.sqrt(parts)));
            int groups = (parts + each - 1) / each;
            spark.setCallSite(name + ": merge " + parts + " sums into " + groups);
            level = level.repartitionAndSortWithinPartitions(new Neighbours(each, groups))
                    .mapPartitionsToPair(new MergeGroup(each, request));
            parts = groups;
        }
        return level.values().collect();
    }

    /** Groups consecutive parts. */
    static final class Neighbours extends Partitioner {
        private final int each;
        private final int groups;

        Neighbours(int each, int groups) {
            this.each = each;
            this.groups = groups;
        }

        @Override
        public int numPartitions() {
            return groups;
        }

        @Override
        public int getPartition(Object part) {
            return (Integer) part / each;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Neighbours that && that.each == each && that.groups == groups;
        }

        @Override
        public int hashCode() {
            return 31 * each + groups;
        }
    }

    /** Merges a group in order; of several errors the first is kept. */
    record MergeGroup(int each, Broadcast<SharedRequest> request)
            implements PairFlatMapFunction<Iterator<Tuple2<Integer, byte[]>>, Integer, byte[]> {
        @Override
        public Iterator<Tuple2<Integer, byte[]>> call(Iterator<Tuple2<Integer, byte[]>> parts) {
            if (!parts.hasNext()) {
                return List.<Tuple2<Integer, byte[]>>of().iterator();
            }
            Tuple2<Integer, byte[]> first = parts.next();
            int group = first._1() / each;
            return List.of(new Tuple2<>(group, merge(first._2(), parts))).iterator();
        }

        private byte[] merge(byte[] first, Iterator<Tuple2<Integer, byte[]>> rest) {
            if (PartSums.isError(first) || !rest.hasNext()) {
                return first;
            }
            PassSums sum = PartSums.read(first, request.value().prepared());
            while (rest.hasNext()) {
                byte[] next = rest.next()._2();
                if (PartSums.isError(next)) {
                    return next;
                }
                sum.merge(PartSums.read(next, request.value().prepared()));
            }
            return PartSums.of(sum);
        }
    }
}
