package io.github.collapse4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.measure.CollapseMeasurer;
import io.github.collapse4j.measure.MeasureListener;
import io.github.collapse4j.measure.MeasureOptions;
import io.github.collapse4j.stats.LinearClassifier;
import io.github.collapse4j.testkit.Seeded;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Spark's sums compared with those of one machine, on Parquet files written by Spark. */
@EnabledForJreRange(maxVersion = LocalSpark.NEWEST_JAVA)
@Tag("heavy")
class DatasetPassesTest {
    private static final SampleColumns COLUMNS = SampleColumns.of("features", "label");
    private static final CollapseMeasurer MEASURER =
            new CollapseMeasurer(MeasureOptions.defaults(), MeasureListener.SILENT);

    @TempDir
    private Path folder;

    /** Writes the rows and reads them back, so that they come from Spark's own reader. */
    private Dataset<Row> parquet(Dataset<Row> rows) {
        String path = folder.resolve("samples.parquet").toString();
        rows.write().parquet(path);
        return LocalSpark.session().read().parquet(path);
    }

    private static LinearClassifier classifier(Seeded seeded, int classes, int d) {
        return new LinearClassifier(
                Matrix.wrap(classes, d, seeded.gaussian(classes * d, 1)), seeded.gaussian(classes, 1));
    }

    static Stream<Seeded> seeds() {
        return Seeded.range(1, 9);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithOneMachineForAnyPartitioning(Seeded seeded) {
        boolean weighted = seeded.random().nextBoolean();
        FeatureType type = List.of(FeatureType.values()).get((int) (seeded.seed() % 3));
        int d = seeded.between(1, 40);
        int classes = seeded.between(1, 12);
        LabelledRows local = LabelledRows.random(seeded, seeded.between(30, 900), d, classes, weighted);
        LinearClassifier layer = classifier(seeded, classes, d);
        double[] ood = seeded.gaussian(d, 1);
        Dataset<Row> rows = parquet(local.dataset(type)).repartition(seeded.between(1, 40));
        SampleColumns columns = weighted ? COLUMNS.withWeight("weight") : COLUMNS;
        DatasetPasses samples = DatasetPasses.of(rows, columns, OptionalInt.of(classes));

        SameMeasurement.assertSame(
                MEASURER.measure(local, Optional.of(layer), Optional.of(ood)),
                MEASURER.measure(samples, Optional.of(layer), Optional.of(ood)),
                seeded + " " + type);
    }

    @Test
    void onePassSumsTheScatter() {
        LabelledRows local = LabelledRows.random(Seeded.of(20), 700, 6, 9, false);
        CollapseMeasurer once =
                new CollapseMeasurer(MeasureOptions.defaults().withDecisions(false), MeasureListener.SILENT);
        DatasetPasses samples = DatasetPasses.of(
                parquet(local.dataset(FeatureType.FLOATS)).repartition(17), COLUMNS, OptionalInt.of(9));

        CollapseMeasurement found = once.measure(samples, Optional.empty(), Optional.empty());

        assertEquals(1, found.provenance().passes().passes());
        SameMeasurement.assertSame(once.measure(local, Optional.empty(), Optional.empty()), found, "one pass");
    }

    @Test
    void aClassInOnePartitionOnlyAndMostPartitionsEmpty() {
        LabelledRows local = LabelledRows.random(Seeded.of(21), 500, 7, 5, false);
        Dataset<Row> byClass = parquet(local.dataset(FeatureType.DOUBLES)).repartition(32, functions.col("label"));

        SameMeasurement.assertSame(
                MEASURER.measure(local, Optional.empty(), Optional.empty()),
                MEASURER.measure(
                        DatasetPasses.of(byClass, COLUMNS, OptionalInt.empty()), Optional.empty(), Optional.empty()),
                "a partition for a class");
    }

    @Test
    void onePartitionWithNearlyEverything() {
        LabelledRows local = LabelledRows.random(Seeded.of(22), 5_000, 5, 4, true);
        Dataset<Row> rows = parquet(local.dataset(FeatureType.FLOATS));
        Dataset<Row> rare = rows.where("features[0] > 5");
        Dataset<Row> skewed = rows.where("not features[0] > 5").coalesce(1).union(rare.repartition(6));
        assertTrue(rare.count() > 0 && rare.count() < 500, "the skew is real");

        SameMeasurement.assertSame(
                MEASURER.measure(local, Optional.empty(), Optional.empty()),
                MEASURER.measure(
                        DatasetPasses.of(skewed, COLUMNS.withWeight("weight"), OptionalInt.empty()),
                        Optional.empty(),
                        Optional.empty()),
                "skewed");
    }

    @Test
    void tenThousandClasses() {
        int classes = 10_000;
        LabelledRows local = LabelledRows.random(Seeded.of(23), 30_000, 8, classes, false);
        DatasetPasses samples = DatasetPasses.of(
                parquet(local.dataset(FeatureType.FLOATS)).repartition(6), COLUMNS, OptionalInt.of(classes));

        CollapseMeasurement found = MEASURER.measure(samples, Optional.empty(), Optional.empty());

        assertTrue(found.provenance().missing().length > 100, "some classes have no sample");
        SameMeasurement.assertSame(
                MEASURER.measure(local, Optional.empty(), Optional.empty()), found, "10,000 classes");
    }

    @Test
    void meansAndDecisionsOnOtherSamples() {
        Seeded seeded = Seeded.of(24);
        LabelledRows train = LabelledRows.random(seeded, 300, 6, 4, false);
        LabelledRows test = LabelledRows.random(seeded, 400, 6, 4, false);
        Optional<LinearClassifier> layer = Optional.of(classifier(seeded, 4, 6));
        Dataset<Row> rows = parquet(test.dataset(FeatureType.VECTOR)).repartition(9);
        CollapseMeasurement measured = MEASURER.measure(train, layer, Optional.empty());

        SameMeasurement.same(
                MEASURER.decide(test, measured.moments(), layer),
                MEASURER.decide(DatasetPasses.of(rows, COLUMNS, OptionalInt.of(4)), measured.moments(), layer),
                "test set");
        assertArrayEquals(
                MEASURER.mean(new LabelledRows(6, 1, test.features(), new int[400], test.weights())),
                MEASURER.mean(DatasetPasses.of(rows, SampleColumns.unlabelled("features"), OptionalInt.of(1))),
                1e-14);
    }

    /** Tasks may finish in any order and run twice; the merge keeps the order of partitions. */
    @Test
    void repeatsToTheLastBit() {
        LabelledRows local = LabelledRows.random(Seeded.of(25), 2_000, 11, 6, true);
        Dataset<Row> rows =
                parquet(local.dataset(FeatureType.FLOATS)).repartition(37).persist();
        double[][] runs = new double[3][];
        for (int run = 0; run < runs.length; run++) {
            DatasetPasses samples = DatasetPasses.of(rows, COLUMNS.withWeight("weight"), OptionalInt.of(6));
            CollapseMeasurement found = MEASURER.measure(samples, Optional.empty(), Optional.empty());
            runs[run] = new double[] {
                found.variability().trace().orElseThrow(),
                found.variability().quotient().orElseThrow(),
                found.pairs().cdnv().orElseThrow().value()
            };
        }
        rows.unpersist();
        assertArrayEquals(runs[0], runs[1]);
        assertArrayEquals(runs[0], runs[2]);
    }

    @Test
    void stagesHaveDescriptions() throws TimeoutException {
        Set<String> names = new ConcurrentSkipListSet<>();
        SparkContext context = LocalSpark.session().sparkContext();
        SparkListener listener = new SparkListener() {
            @Override
            public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
                names.add(submitted.stageInfo().name());
            }
        };
        context.addSparkListener(listener);
        LabelledRows local = LabelledRows.random(Seeded.of(27), 100, 3, 3, false);
        Dataset<Row> rows = local.dataset(FeatureType.FLOATS).coalesce(1).union(local.dataset(FeatureType.FLOATS));
        MEASURER.measure(DatasetPasses.of(rows, COLUMNS, OptionalInt.empty()), Optional.empty(), Optional.empty());
        context.listenerBus().waitUntilEmpty();
        context.removeSparkListener(listener);

        int parts = 1 + local.dataset(FeatureType.FLOATS).rdd().getNumPartitions();
        assertTrue(
                names.containsAll(Set.of(
                        "collapse4j: dimension of the features",
                        "collapse4j: largest label",
                        "collapse4j pass 1 of 2: class means",
                        "collapse4j pass 1 of 2: merge " + parts + " sums into 1",
                        "collapse4j pass 2 of 2: deviations from the class means and decisions",
                        "collapse4j pass 2 of 2: merge " + parts + " sums into 1")),
                names.toString());
    }

    /** K·(2d + 2) numbers, then 2K and 2r, K more for each tally and K² for the confusion matrix: never N. */
    @Test
    void trafficDoesNotGrowWithTheSamples() {
        int d = 9;
        int classes = 4;
        for (int n : List.of(100, 2_000)) {
            LabelledRows local = LabelledRows.random(Seeded.of(26), n, d, classes, false);
            DatasetPasses samples = DatasetPasses.of(
                    local.dataset(FeatureType.FLOATS).repartition(3), COLUMNS, OptionalInt.of(classes));
            MEASURER.measure(samples, Optional.empty(), Optional.empty());
            List<PassTraffic> traffic = samples.traffic();
            int frame = Integer.BYTES; // before each state that was asked for
            int header = 20;
            assertEquals(
                    frame + header + 1 + Double.BYTES * classes * (2 * d + 2),
                    traffic.get(0).stateBytes());
            assertEquals(
                    2 * frame
                            + 2 * header
                            + Double.BYTES
                                    * (1 + 2 * classes + 2 * (classes - 1) + 1 + 6 * classes + classes * classes),
                    traffic.get(1).stateBytes());
            assertEquals(3, traffic.get(1).partitions());
        }
    }
}
