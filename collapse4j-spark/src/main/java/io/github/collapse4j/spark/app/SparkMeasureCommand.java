package io.github.collapse4j.spark.app;

import io.github.collapse4j.cli.measure.FeatureSet;
import io.github.collapse4j.cli.measure.MeasureInputs;
import io.github.collapse4j.cli.measure.MeasureOutput;
import io.github.collapse4j.cli.measure.Measured;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.samples.TableColumns;
import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.measure.CollapseMeasurer;
import io.github.collapse4j.measure.MeasureListener;
import io.github.collapse4j.measure.MeasureOptions;
import io.github.collapse4j.spark.DatasetPasses;
import io.github.collapse4j.stats.Decisions;
import io.github.collapse4j.stats.LinearClassifier;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code measure} for a table read by Spark. */
@Command(
        name = "measure",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures NC1 to NC5 of features in a table, summed on the cluster.",
            "",
            "Features are one column of arrays or of ML vectors, or one column each; labels are whole numbers of any"
                    + " type. Paths can be any that Spark reads. Weights and output files are in such a file system if their"
                    + " path has a scheme, such as hdfs://, and otherwise files on the driver."
        },
        footer = {
            "",
            "Examples:",
            "  spark-submit collapse4j-spark.jar measure s3a://lake/features --weights s3a://lake/W.npy --json -",
            "  ./collapse4j spark measure features.parquet --label-column y --html measure.html"
        })
final class SparkMeasureCommand implements Callable<Integer> {
    @Mixin
    private TableInput input = new TableInput();

    @Option(names = "--weight-column", paramLabel = "NAME", description = "Column of sample weights.")
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
    public Integer call() throws Exception {
        inputs.check(spec);
        output.checkWritable();
        return input.run(() -> {
            try (FetchedFiles fetched = new FetchedFiles(files)) {
                return measure(fetched);
            }
        });
    }

    private int measure(FetchedFiles fetched) throws IOException {
        OptionalInt classes = inputs.classesOfWeights(fetched);
        SparkTables opener = input.opener(Optional.ofNullable(weightColumn));
        SparkTable table = opener.open(input.tables(), inputs.columns());
        note(table);
        DatasetPasses samples = table.samples(classes);
        Optional<LinearClassifier> layer = inputs.classifier(samples.featureDimension(), input.name(), fetched);
        CollapseMeasurer measurer = new CollapseMeasurer(
                MeasureOptions.defaults().withGlobalMean(inputs.globalMean()), MeasureListener.SILENT);
        Optional<double[]> oodMean = Optional.empty();
        if (ood != null) {
            TableColumns columns = inputs.columns().withoutLabels();
            oodMean = Optional.of(measurer.mean(other(opener, ood, columns, table, samples, OptionalInt.of(1))));
        }
        CollapseMeasurement measurement = measurer.measure(samples, layer, oodMean);
        Measured.requireClasses(measurement, input.name());
        Optional<Decisions> onTest = Optional.empty();
        if (test != null) {
            DatasetPasses tested =
                    other(opener, test, inputs.columns(), table, samples, OptionalInt.of(samples.classes()));
            onTest = Optional.of(measurer.decide(tested, measurement.moments(), layer));
        }
        double most = output.hasPage() ? Measured.SHOWN_SAMPLES : 0;
        SampleSource shown =
                samples.draw(Math.min(1, most / measurement.moments().samples()));
        output.write(List.of(Measured.of(new FeatureSet(input.name(), shown, layer), measurement, onTest)), spec);
        PassTrafficReport.print(samples.traffic(), spec.commandLine().getErr());
        return 0;
    }

    /** Samples of another table, with the same features as the measured one. */
    private DatasetPasses other(
            SparkTables opener,
            String path,
            TableColumns wanted,
            SparkTable measured,
            DatasetPasses samples,
            OptionalInt classes)
            throws IOException {
        SparkTable table = opener.open(List.of(path), measured.labelled(wanted)).alignedWith(measured);
        note(table);
        DatasetPasses others = table.samples(classes);
        if (others.featureDimension() != samples.featureDimension()) {
            throw new InputException(path + ": expected " + samples.featureDimension() + " features as in "
                    + measured.name() + ", found " + others.featureDimension());
        }
        return others;
    }

    private void note(SparkTable table) {
        table.notes().forEach(note -> spec.commandLine().getErr().println("measure: " + note));
    }
}
