package io.github.collapse4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.collapse4j.data.SampleBatch;
import io.github.collapse4j.data.SampleReader;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.measure.CollapseMeasurer;
import io.github.collapse4j.measure.MeasureListener;
import io.github.collapse4j.measure.MeasureOptions;
import io.github.collapse4j.stats.ClassMoments;
import io.github.collapse4j.stats.LinearClassifier;
import io.github.collapse4j.stats.MomentsAccumulator;
import io.github.collapse4j.testkit.Close;
import io.github.collapse4j.testkit.Seeded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import scala.Tuple2;

/** Moments of groups compared with those of each group's samples on one machine. */
@EnabledForJreRange(maxVersion = LocalSpark.NEWEST_JAVA)
@Tag("heavy")
class ClassMomentsAggregatorTest {
    private static final double RELATIVE = 1e-10;
    private static final SampleColumns COLUMNS =
            SampleColumns.of("features", "label").withWeight("weight");
    private static final CollapseMeasurer MEASURER =
            new CollapseMeasurer(MeasureOptions.defaults().withDecisions(false), MeasureListener.SILENT);

    /** Groups of equal shape; the n-th is epoch n in the table. */
    private static Dataset<Row> epochs(List<LabelledRows> groups, FeatureType type) {
        Dataset<Row> all = null;
        for (int epoch = 0; epoch < groups.size(); epoch++) {
            Dataset<Row> rows = groups.get(epoch).dataset(type).withColumn("epoch", functions.lit(epoch));
            all = all == null ? rows : all.union(rows);
        }
        return Objects.requireNonNull(all);
    }

    private static Map<Integer, byte[]> byEpoch(Dataset<Row> results) {
        Map<Integer, byte[]> found = new HashMap<>();
        for (Row row : results.collectAsList()) {
            found.put(row.getInt(0), row.getAs(1));
        }
        return found;
    }

    private static ClassMoments read(Map<Integer, byte[]> found, int epoch) {
        return ClassMomentsAggregator.read(Objects.requireNonNull(found.get(epoch)));
    }

    private static ClassMoments local(LabelledRows rows, boolean withScatter) {
        MomentsAccumulator sums = new MomentsAccumulator(rows.classes(), rows.featureDimension(), withScatter);
        SampleBatch batch = new SampleBatch(rows.featureDimension(), 1000);
        SampleReader reader = rows.open();
        while (reader.next(batch)) {
            sums.update(batch);
        }
        return sums.snapshot();
    }

    private static void assertSame(ClassMoments expected, ClassMoments actual, String what) {
        assertArrayEquals(expected.counts(), actual.counts(), what);
        Close.assertClose(expected.weights(), actual.weights(), RELATIVE, 0, what + ": weights");
        Close.assertClose(expected.means().data(), actual.means().data(), RELATIVE, 0, what + ": means");
        assertEquals(expected.within().isPresent(), actual.within().isPresent(), what);
        expected.within().ifPresent(within -> {
            double[] scatter = within.pooled().data();
            double largest = 0;
            for (double entry : scatter) {
                largest = Math.max(largest, Math.abs(entry));
            }
            Close.assertClose(
                    scatter,
                    actual.within().orElseThrow().pooled().data(),
                    RELATIVE,
                    RELATIVE * largest,
                    what + ": scatter");
            Close.assertClose(
                    within.squares(), actual.within().orElseThrow().squares(), RELATIVE, 0, what + ": squares");
        });
    }

    static Stream<Seeded> seeds() {
        return Seeded.range(1, 9);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyMetricOfEachGroupForAnyPartitioning(Seeded seeded) {
        boolean weighted = seeded.random().nextBoolean();
        FeatureType type = List.of(FeatureType.values()).get((int) (seeded.seed() % 3));
        int d = seeded.between(1, 30);
        int classes = seeded.between(1, 10);
        List<LabelledRows> groups = new ArrayList<>();
        for (int epoch = 0; epoch < 4; epoch++) { // the first group is by far the largest, the last has a single sample
            int samples = epoch == 0 ? 2_000 : epoch == 3 ? 1 : seeded.between(10, 200);
            groups.add(LabelledRows.random(seeded, samples, d, classes, weighted && epoch < 3));
        }
        Dataset<Row> table = epochs(groups, type).repartition(seeded.between(1, 40));
        LinearClassifier layer = new LinearClassifier(
                Matrix.wrap(classes, d, seeded.gaussian(classes * d, 1)), seeded.gaussian(classes, 1));
        Optional<double[]> ood = Optional.of(seeded.gaussian(d, 1));

        // docs/spark.md shows these lines
        ClassMomentsAggregator moments = ClassMomentsAggregator.of(classes, d).withScatter();
        Dataset<Row> perEpoch =
                table.groupBy("epoch").agg(moments.of(table.schema(), COLUMNS).as("moments"));
        Map<Integer, CollapseMeasurement> measured = new HashMap<>();
        for (Row row : perEpoch.collectAsList()) {
            ClassMoments ofEpoch = ClassMomentsAggregator.read(row.getAs("moments"));
            measured.put(row.getInt(0), MEASURER.measure(ofEpoch, Optional.of(layer), ood));
        }

        assertEquals(groups.size(), measured.size());
        for (int epoch = 0; epoch < groups.size(); epoch++) {
            String what = seeded + " " + type + " epoch " + epoch;
            CollapseMeasurement found = Objects.requireNonNull(measured.get(epoch));
            assertSame(local(groups.get(epoch), true), found.moments(), what);
            SameMeasurement.assertSameNumbers(
                    MEASURER.measure(groups.get(epoch), Optional.of(layer), ood), found, what);
        }
    }

    @Test
    void classesAndGroupsInPartitionsOfTheirOwnAndMostPartitionsEmpty() {
        List<LabelledRows> groups = Stream.of(31, 32, 33)
                .map(seed -> LabelledRows.random(Seeded.of(seed), 300, 5, 4, true))
                .toList();
        Dataset<Row> table = epochs(groups, FeatureType.FLOATS);
        ClassMomentsAggregator moments = ClassMomentsAggregator.of(4, 5);
        for (Dataset<Row> parted : List.of(
                table.repartition(32, functions.col("label")),
                table.repartition(32, functions.col("epoch")),
                table.repartition(32, functions.lit(0)))) {
            Map<Integer, byte[]> found = byEpoch(parted.groupBy("epoch").agg(moments.of(table.schema(), COLUMNS)));
            for (int epoch = 0; epoch < 3; epoch++) {
                assertSame(local(groups.get(epoch), false), read(found, epoch), "epoch " + epoch);
            }
        }
    }

    /** Spark sorts and spills if a task has more than 128 groups. */
    @Test
    void moreGroupsThanSparkKeepsInMemory() {
        LabelledRows all = LabelledRows.random(Seeded.of(34), 2_000, 3, 2, true);
        Dataset<Row> table = all.dataset(FeatureType.DOUBLES)
                .withColumn(
                        "epoch", functions.expr("int(row_number() over (order by features[0], features[1])) % 400"));
        Map<Integer, byte[]> found = byEpoch(table.repartition(3)
                .groupBy("epoch")
                .agg(ClassMomentsAggregator.of(2, 3).withScatter().of(table.schema(), COLUMNS)));
        assertEquals(400, found.size());
        MomentsAccumulator merged = new MomentsAccumulator(2, 3, true);
        found.values().forEach(bytes -> {
            assertEquals(5, MomentsAccumulator.fromBytes(bytes).samples(), "core reads the results as they are");
            merged.merge(MomentsAccumulator.fromBytes(bytes));
        });
        assertSame(local(all, true), merged.snapshot(), "all groups");
    }

    @Test
    void asFunctionOfSql() {
        LabelledRows rows = LabelledRows.random(Seeded.of(35), 400, 6, 3, true);
        rows.dataset(FeatureType.FLOATS).createOrReplaceTempView("samples");
        LocalSpark.session()
                .udf()
                .register(
                        "class_moments",
                        ClassMomentsAggregator.of(3, 6).withScatter().function());
        Row row = LocalSpark.session()
                .sql("select class_moments(features, label, weight) from samples")
                .head();
        assertSame(local(rows, true), ClassMomentsAggregator.read(row.getAs(0)), "SQL");
        byte[] bytes = row.getAs(0);
        assertEquals(21 + Double.BYTES * (6 * 6 + 3 * (3 * 6 + 4)), bytes.length, "as docs/spark.md says");
    }

    @Test
    void asColumnOfTypedDatasets() {
        LabelledRows rows = LabelledRows.random(Seeded.of(36), 500, 4, 3, false);
        List<LabelledSample> samples = new ArrayList<>();
        for (int j = 0; j < rows.labels().length; j++) {
            List<Double> features = new ArrayList<>();
            for (float x : rows.features()[j]) {
                features.add((double) x);
            }
            samples.add(new LabelledSample(features, rows.labels()[j]));
        }
        Dataset<LabelledSample> typed = LocalSpark.session()
                .createDataset(samples, Encoders.bean(LabelledSample.class))
                .repartition(7);
        ClassMomentsAggregator moments = ClassMomentsAggregator.of(3, 4).withScatter();

        assertSame(
                local(rows, true),
                ClassMomentsAggregator.read(typed.select(moments.toColumn()).head()),
                "select");
        MomentsAccumulator merged = new MomentsAccumulator(3, 4, true);
        for (Tuple2<Double, byte[]> group : typed.groupByKey(
                        (MapFunction<LabelledSample, Double>) LabelledSample::getLabel, Encoders.DOUBLE())
                .agg(moments.toColumn())
                .collectAsList()) {
            merged.merge(MomentsAccumulator.fromBytes(group._2()));
        }
        assertSame(local(rows, true), merged.snapshot(), "groupByKey");
    }

    @Test
    void noSamples() {
        Dataset<Row> none = LabelledRows.random(Seeded.of(37), 5, 4, 3, false)
                .dataset(FeatureType.FLOATS)
                .where("label > 7");
        ClassMomentsAggregator moments = ClassMomentsAggregator.of(3, 4).withScatter();
        ClassMoments found = ClassMomentsAggregator.read(
                none.agg(moments.of(none.schema(), COLUMNS)).head().getAs(0));
        assertEquals(0, found.samples());
        assertEquals(
                0, none.groupBy("label").agg(moments.of(none.schema(), COLUMNS)).count());
        assertEquals(
                "features: expected at least one sample, found none",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> MEASURER.measure(found, Optional.empty(), Optional.empty()))
                        .getMessage());
    }

    /** An error replaces the sums of its own group only. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "array(1D)| 0| 1D| column features: expected 2 features as in other rows, found 1",
                "array(1D, null)| 0| 1D| column features: feature 1: expected a number, found null",
                "array(1D, double('NaN'))| 0| 1D| column features: feature 1: expected a finite number, found NaN",
                "cast(null as array<double>)| 0| 1D| column features: expected 2 features, found null",
                "array(1D, 2D)| 2| 1D| column label: expected a label of 0 to 1, found 2",
                "array(1D, 2D)| cast(null as int)| 1D| column label: expected a label of 0 to 1, found none",
                "array(1D, 2D)| 0| -1D| column weight: expected a finite weight of at least 0, found -1.0",
                "array(1D, 2D)| 0| cast(null as double)| column weight: expected a finite weight of at least 0, found none"
            })
    void badRowIsOneLineOfItsGroup(String features, String label, String weight, String expected) {
        Dataset<Row> bad = LocalSpark.session()
                .sql("select " + features + " as features, " + label + " as label, " + weight
                        + " as weight, 7 as epoch");
        Dataset<Row> good = LocalSpark.session()
                .sql("select array(1D, 2D) as features, 1 as label, 1D as weight, explode(array(7, 8, 7, 8)) as epoch");
        Dataset<Row> table = good.union(bad).union(good).repartition(3);
        ClassMomentsAggregator moments = ClassMomentsAggregator.of(2, 2).withScatter();

        Map<Integer, byte[]> found = byEpoch(table.groupBy("epoch").agg(moments.of(table.schema(), COLUMNS)));

        assertEquals(4, read(found, 8).samples());
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, () -> read(found, 7))
                        .getMessage());
    }

    /** Sums and errors, merged in every order. */
    @Test
    void theLineDoesNotDependOnTheOrderOfMerging() {
        ClassMomentsAggregator moments = ClassMomentsAggregator.of(2, 1);
        int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        for (int[] order : orders) {
            MomentsBuffer merged = moments.zero();
            for (int label : order) { // 0 is valid, 2 and 3 give different messages
                MomentsBuffer part = moments.zero();
                moments.reduce(part, new LabelledSample(List.of(1.0), label == 0 ? 0 : label + 1));
                merged = moments.merge(merged, new MomentsCodec().decode(new MomentsCodec().encode(part)));
            }
            byte[] result = moments.finish(merged);
            IllegalArgumentException thrown =
                    assertThrows(IllegalArgumentException.class, () -> ClassMomentsAggregator.read(result));
            assertEquals("column label: expected a label of 0 to 1, found 2", thrown.getMessage());
        }
    }

    @Test
    void missingColumnListsTheSchema() {
        Dataset<Row> table = LocalSpark.session().sql("select array(1D) as x, 0 as label");
        assertEquals(
                "column features: expected an array of numbers or an ML vector, found no such column;"
                        + " the columns are x array<double>, label int",
                assertThrows(
                                ColumnException.class,
                                () -> ClassMomentsAggregator.of(2, 1)
                                        .of(table.schema(), SampleColumns.of("features", "label")))
                        .getMessage());
    }

    @Test
    void otherBytesAreRefused() {
        for (byte[] bytes : new byte[][] {{}, {67}, new byte[200]}) {
            assertThrows(IllegalArgumentException.class, () -> ClassMomentsAggregator.read(bytes));
        }
    }

    /** A counter shared by all copies that Spark makes of it. */
    private static final class CountingCodec extends MomentsCodec {
        private static final long serialVersionUID = 1;
        private static final AtomicInteger ENCODED = new AtomicInteger();
        private static final AtomicInteger DECODED = new AtomicInteger();

        @Override
        public byte[] encode(MomentsBuffer buffer) {
            ENCODED.incrementAndGet();
            return super.encode(buffer);
        }

        @Override
        public MomentsBuffer decode(byte[] bytes) {
            DECODED.incrementAndGet();
            return super.decode(bytes);
        }
    }

    /** Each of 4 partitions sends each of 3 groups once, whatever the number of rows. */
    @Test
    void stateIsSerialisedOncePerPartitionAndGroup() {
        for (int samples : List.of(600, 6_000)) {
            LabelledRows rows = LabelledRows.random(Seeded.of(38), samples, 4, 3, false);
            Dataset<Row> table = rows.dataset(FeatureType.FLOATS)
                    .withColumn("epoch", functions.col("label"))
                    .repartition(4);
            ClassMomentsAggregator counting = new ClassMomentsAggregator(
                    new SampleRules(4, 3, new FeatureColumns.Arrays("features"), "label", "weight"),
                    true,
                    new CountingCodec());
            CountingCodec.ENCODED.set(0);
            CountingCodec.DECODED.set(0);
            Map<Integer, byte[]> found = byEpoch(table.groupBy("epoch").agg(counting.of(table.schema(), COLUMNS)));
            assertEquals(3, found.size());
            assertEquals(4 * 3, CountingCodec.ENCODED.get());
            assertEquals(4 * 3, CountingCodec.DECODED.get());
        }
    }
}
