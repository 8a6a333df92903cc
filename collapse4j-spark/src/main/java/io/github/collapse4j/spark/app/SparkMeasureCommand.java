package io.github.collapse4j.spark.app;

import io.github.collapse4j.cli.Checkpoint;
import io.github.collapse4j.cli.MeasureInputs;
import io.github.collapse4j.cli.MeasureOutput;
import io.github.collapse4j.cli.Measured;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.measure.CollapseMeasurer;
import io.github.collapse4j.measure.MeasureListener;
import io.github.collapse4j.measure.MeasureOptions;
import io.github.collapse4j.spark.DatasetPasses;
import io.github.collapse4j.spark.PassTraffic;
import io.github.collapse4j.spark.SampleColumns;
import io.github.collapse4j.stats.Decisions;
import io.github.collapse4j.stats.LinearClassifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code measure} of a table that Spark reads. */
@Command(
        name = "measure",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "NC1 to NC5 of features in a table, summed where the table lies.",
            "",
            "Features are array<float>, array<double> or an ML vector; labels whole numbers of any type. Paths are any"
                    + " that Spark reads; so are those of the weights and of what is written if they have a scheme, such as"
                    + " hdfs://, and files of the driver otherwise."
        },
        footer = {
            "",
            "Examples:",
            "  spark-submit collapse4j-spark.jar measure s3a://lake/features --weights s3a://lake/W.npy --json -",
            "  ./collapse4j spark measure features.parquet --label-column y --html measure.html"
        })
final class SparkMeasureCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "TABLE", description = "Files or folders of one table.")
    private List<String> tables = List.of();

    @Option(
            names = "--format",
            paramLabel = "NAME",
            defaultValue = "parquet",
            description = "parquet, orc, avro or json, as Spark calls it (default: ${DEFAULT-VALUE}).")
    private String format = "";

    @Option(names = "--weight-column", paramLabel = "NAME", description = "Column of weights of the samples.")
    private @Nullable String weightColumn;

    @Option(
            names = "--test",
            paramLabel = "TABLE",
            description = "Test set: the accuracies there of the classifier and of the nearest mean of these classes.")
    private @Nullable String test;

    @Option(names = "--ood", paramLabel = "TABLE", description = "Out-of-distribution features: adds NC5.")
    private @Nullable String ood;

    @Mixin
    private MeasureInputs inputs = new MeasureInputs();

    @Mixin
    private MeasureOutput output;

    @Spec
    private CommandSpec spec;

    private final HadoopFiles files;

    SparkMeasureCommand(HadoopFiles files) {
        this.files = files;
        this.output = new MeasureOutput(files);
    }

    @Override
    public Integer call() throws IOException {
        inputs.check(spec);
        output.checkWritable();
        try (FetchedFiles fetched = new FetchedFiles(files)) {
            return measure(fetched);
        } catch (Exception e) {
            if (e instanceof SparkException) { // a job that failed, on a damaged file for one
                throw new InputException(String.join(", ", tables) + ": " + firstLine(e));
            }
            throw e;
        }
    }

    /** Spark's complaints go on with traces of executors and plans: the first line says it. */
    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }

    private int measure(FetchedFiles fetched) throws IOException {
        OptionalInt classes = inputs.classesOfWeights(fetched);
        String name = String.join(", ", tables);
        Dataset<Row> table = read(tables);
        SampleColumns columns = SampleColumns.of(
                inputs.columns().features().orElse("features"), inputs.columns().label().orElse("label"));
        if (weightColumn != null) {
            columns = columns.withWeight(weightColumn);
        }
        try {
            DatasetPasses samples = DatasetPasses.of(table, columns, classes);
            Optional<LinearClassifier> layer = inputs.classifier(samples.featureDimension(), name, fetched);
            CollapseMeasurer measurer = new CollapseMeasurer(
                    MeasureOptions.defaults().withGlobalMean(inputs.globalMean()), MeasureListener.SILENT);
            Optional<double[]> oodMean = ood == null
                    ? Optional.empty()
                    : Optional.of(measurer.mean(DatasetPasses.of(
                            read(List.of(ood)), SampleColumns.unlabelled(inputs.columns().features().orElse("features")), OptionalInt.of(1))));
            CollapseMeasurement measurement = measurer.measure(samples, layer, oodMean);
            Optional<Decisions> onTest = Optional.empty();
            if (test != null) {
                DatasetPasses tested =
                        DatasetPasses.of(read(List.of(test)), columns, OptionalInt.of(samples.classes()));
                onTest = Optional.of(measurer.decide(tested, measurement.moments(), layer));
            }
            double most = output.hasPage() ? Measured.SHOWN_SAMPLES : 0;
            SampleSource shown =
                    samples.draw(Math.min(1, most / measurement.moments().samples()));
            output.write(List.of(Measured.of(new Checkpoint(name, shown, layer), measurement, onTest)), spec);
            printTraffic(samples.traffic());
            return 0;
        } catch (IllegalArgumentException e) {
            throw new InputException(name + ": " + e.getMessage());
        }
    }

    private Dataset<Row> read(List<String> paths) throws InputException {
        try {
            return SparkMain.session().read().format(format).load(paths.toArray(String[]::new));
        } catch (Exception e) {
            boolean isNamed =
                    e instanceof AnalysisException || e.getClass().getName().startsWith("org.apache.spark.");
            throw new InputException(isNamed ? firstLine(e) : String.join(", ", paths) + ": " + firstLine(e));
        }
    }

    private void printTraffic(List<PassTraffic> traffic) {
        PrintWriter err = spec.commandLine().getErr();
        for (PassTraffic pass : traffic) {
            err.printf(
                    Locale.ROOT,
                    "%s: %,d bytes from each of %,d partitions, %,d to each executor%n",
                    pass.pass(),
                    pass.stateBytes(),
                    pass.partitions(),
                    pass.broadcastBytes());
        }
        err.flush();
    }
}
