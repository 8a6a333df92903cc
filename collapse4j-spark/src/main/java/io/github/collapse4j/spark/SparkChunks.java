package io.github.collapse4j.spark;

import io.github.collapse4j.hunt.ChunkRunner;
import io.github.collapse4j.hunt.Descents;
import io.github.collapse4j.hunt.HuntPlan;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import scala.Function2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.runtime.BoxedUnit;

/**
 * Runs a hunt's chunks as tasks, one each. A chunk's result depends only on the plan and its number, so the hunt gives
 * bit for bit the result of one machine if the executors have the same native library.
 */
public final class SparkChunks implements ChunkRunner {
    private final Supplier<JavaSparkContext> spark;

    /** Runs on the given cluster, which is obtained when there is something to run. */
    public SparkChunks(Supplier<JavaSparkContext> spark) {
        this.spark = spark;
    }

    @Override
    public void run(HuntPlan plan, List<Integer> chunks, ChunkSink sink) {
        JavaSparkContext context = spark.get();
        String name = "collapse4j hunt: " + plan.items() + " descents on "
                + plan.problems().size() + " problems";
        context.sc().setJobDescription(name);
        context.setCallSite(name);
        try {
            RDD<Integer> numbers =
                    context.parallelize(new ArrayList<>(chunks), chunks.size()).rdd();
            List<Object> partitions =
                    new ArrayList<>(IntStream.range(0, chunks.size()).boxed().toList());
            Function2<Object, double[], BoxedUnit> finished = (task, outcomes) -> {
                sink.accept(chunks.get((Integer) task), outcomes);
                return BoxedUnit.UNIT;
            };
            // Java's API collects all results; this one passes on each while others still run.
            context.sc()
                    .runJob(
                            numbers,
                            new RunChunk(plan),
                            CollectionConverters.asScala(partitions).toSeq(),
                            finished,
                            ClassTag.apply(double[].class));
        } finally {
            context.clearCallSite();
            context.sc().setJobDescription(null);
        }
    }

    /** One task. */
    record RunChunk(HuntPlan plan) implements Function2<TaskContext, Iterator<Integer>, double[]>, Serializable {
        @Override
        public double[] apply(TaskContext task, Iterator<Integer> chunk) {
            return new Descents(plan).outcomes(Objects.requireNonNull(chunk.next()));
        }
    }
}
