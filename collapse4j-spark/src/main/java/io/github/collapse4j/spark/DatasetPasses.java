package io.github.collapse4j.spark;

import io.github.collapse4j.data.FeatureSamples;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.samples.ShardedSamples;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.PassRequest;
import io.github.collapse4j.measure.PassSums;
import io.github.collapse4j.measure.SamplePasses;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import scala.Tuple2;

/**
 * Passes over samples in the rows of a {@code Dataset}, summed on the executors. Use with {@code CollapseMeasurer}:
 *
 * <pre>{@code
 * DatasetPasses samples = DatasetPasses.of(table, SampleColumns.of("features", "label"), OptionalInt.empty());
 * new CollapseMeasurer(MeasureOptions.defaults(), MeasureListener.SILENT)
 *         .measure(samples, Optional.empty(), Optional.empty());
 * }</pre>
 *
 * <p>Each pass reads the rows again; {@code persist} a dataset that is costly to compute. Only sums in core's binary
 * format cross the network, one per partition, of a size that depends on d and K but not on N.
 */
public final class DatasetPasses implements SamplePasses {
    private static final long SEED = 0;

    private final Dataset<Row> samples;
    private final SampleSchema schema;
    private final int featureDimension;
    private final int classes;
    private final List<PassTraffic> traffic = Collections.synchronizedList(new ArrayList<>());

    private DatasetPasses(Dataset<Row> samples, SampleSchema schema, int featureDimension, int classes) {
        this.samples = samples;
        this.schema = schema;
        this.featureDimension = featureDimension;
        this.classes = classes;
    }

    /**
     * Resolves the columns; d is taken from the first row.
     *
     * @param classes K; if empty, the largest label plus one, which takes a job
     * @throws ColumnException if a column is missing or has the wrong type
     * @throws SampleException if there are no rows, or no labels to infer K from
     */
    public static DatasetPasses of(Dataset<Row> data, SampleColumns columns, OptionalInt classes) {
        SampleSchema schema = SampleSchema.of(data.schema(), columns);
        Dataset<Row> samples = schema.select(data);
        JavaSparkContext spark = contextOf(data);
        try {
            spark.setCallSite("collapse4j: dimension of the features");
            int d = dimension(samples, schema);
            spark.setCallSite("collapse4j: largest label");
            int k = classes.isPresent() ? classes.getAsInt() : largestLabel(samples, columns) + 1;
            return new DatasetPasses(samples, schema, d, k);
        } finally {
            spark.clearCallSite();
        }
    }

    private static int dimension(Dataset<Row> samples, SampleSchema schema) {
        FeatureType type = schema.features();
        List<Integer> first = rows(samples.limit(1))
                .map(row -> row.isNullAt(0) ? -1 : type.size(row, 0))
                .collect();
        if (first.isEmpty()) {
            throw new SampleException("features: expected at least one sample, found none");
        }
        if (first.get(0) < 1) {
            throw new SampleException("column " + schema.columns().features().place()
                    + ": expected at least one feature in the first row, found "
                    + (first.get(0) < 0 ? "null" : "none"));
        }
        return first.get(0);
    }

    private static int largestLabel(Dataset<Row> samples, SampleColumns columns) {
        if (columns.label().isEmpty()) {
            return 0;
        }
        String column = "column " + columns.label().get();
        Row range = samples.agg(functions.min("label"), functions.max("label")).head();
        if (range.isNullAt(0)) {
            throw new SampleException(
                    column + ": expected at least one label to infer the number of classes, found none");
        }
        double smallest = range.getDouble(0);
        double largest = range.getDouble(1);
        if (smallest < 0) {
            throw new SampleException(column + ": expected 0 or more, found " + SampleRules.text(smallest));
        }
        if (largest != Math.rint(largest)) { // also NaN, which is the largest value to Spark
            throw new SampleException(column + ": expected an integer label, found " + largest);
        }
        if (largest >= ShardedSamples.MAX_INFERRED_CLASSES) {
            throw new SampleException(column + ": expected labels below " + ShardedSamples.MAX_INFERRED_CLASSES
                    + " unless the number of classes is given, found " + SampleRules.text(largest));
        }
        return (int) largest;
    }

    /** Rows in Spark's internal format. */
    private static JavaRDD<InternalRow> rows(Dataset<Row> data) {
        if (data instanceof org.apache.spark.sql.classic.Dataset<Row> local) {
            return local.queryExecution().toRdd().toJavaRDD();
        }
        throw new IllegalArgumentException("expected a dataset of this Spark application, found one of Spark Connect");
    }

    private static JavaSparkContext contextOf(Dataset<Row> data) {
        return JavaSparkContext.fromSparkContext(data.sparkSession().sparkContext());
    }

    @Override
    public int featureDimension() {
        return featureDimension;
    }

    @Override
    public int classes() {
        return classes;
    }

    @Override
    public boolean isRereadable() {
        return true;
    }

    /**
     * Collects random samples on the driver, for plots. The same partitions always yield the same samples.
     *
     * @param share share of all samples, 0 to 1; 0 runs no job
     * @throws SampleException if one of them is invalid
     */
    public SampleSource draw(double share) {
        if (share == 0) {
            return new FeatureSamples(Matrix.zeros(featureDimension, 0), new int[0], classes);
        }
        JavaSparkContext spark = contextOf(samples);
        spark.setCallSite("collapse4j: some samples to show");
        try {
            List<Tuple2<Integer, double[]>> drawn = rows(samples.sample(false, share, SEED))
                    .map(new ReadRow(schema.reader(featureDimension, classes)))
                    .collect();
            Matrix features = Matrix.zeros(featureDimension, drawn.size());
            int[] labels = new int[drawn.size()];
            for (int j = 0; j < labels.length; j++) {
                labels[j] = drawn.get(j)._1();
                System.arraycopy(drawn.get(j)._2(), 0, features.data(), j * featureDimension, featureDimension);
            }
            return new FeatureSamples(features, labels, classes);
        } finally {
            spark.clearCallSite();
        }
    }

    /** The traffic of each pass so far. */
    public List<PassTraffic> traffic() {
        return List.copyOf(traffic);
    }

    @Override
    public PassSums run(PassRequest request, int pass, int passes) {
        JavaSparkContext spark = contextOf(samples);
        String what = request.description();
        String name = "collapse4j pass " + pass + " of " + passes;
        SharedRequest shared = new SharedRequest(request);
        Broadcast<SharedRequest> broadcast = spark.broadcast(shared);
        try {
            spark.sc().setJobDescription(name + ": " + what);
            spark.setCallSite(name + ": " + what);
            JavaRDD<InternalRow> rows = rows(samples);
            JavaPairRDD<Integer, byte[]> sums = JavaPairRDD.fromJavaRDD(rows.mapPartitionsWithIndex(
                    new SumPartition(broadcast, schema.reader(featureDimension, classes)), false));
            List<byte[]> merged = new MergeTree(spark, name).merge(sums, broadcast);
            long size = merged.isEmpty() ? 0 : merged.get(0).length - 1L;
            traffic.add(new PassTraffic(what, rows.getNumPartitions(), size, shared.size()));
            return merged.isEmpty() ? shared.prepared().begin() : PartSums.read(merged.get(0), shared.prepared());
        } finally {
            spark.clearCallSite();
            spark.sc().setJobDescription(null);
            broadcast.destroy();
        }
    }
}
