package io.github.collapse4j.cli.measure;

import io.github.collapse4j.cli.option.ModelInputOptions;
import io.github.collapse4j.cli.option.ModelRun;
import io.github.collapse4j.cli.option.ThreadsOption;
import io.github.collapse4j.cli.text.CountProgress;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.LayerFiles;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.measure.CollapseMeasurement;
import io.github.collapse4j.measure.CollapseMeasurer;
import io.github.collapse4j.measure.MeasureOptions;
import io.github.collapse4j.stats.Decisions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code measure}: NC1 to NC5 of features of any size. */
@Command(
        name = "measure",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {
            "collapse4j measure FEATURES LABELS [--weights=W [--bias=b]] [OPTIONS]",
            "       collapse4j measure DIR|FILE.npz|FILE.safetensors [OPTIONS]",
            "       collapse4j measure TABLE [--weights=W [--bias=b]] [OPTIONS]",
            "       collapse4j measure MODEL.onnx --input=DATA [--labels=L] [OPTIONS]",
            "       collapse4j measure --series=[NAME=]DIR[,…] [OPTIONS]"
        },
        description = {
            "How far have these features collapsed? Computes NC1 to NC5 in one or two passes, with memory for d, K"
                    + " and a batch.",
            "",
            "Arrays are .npy, .npz:NAME or .safetensors:NAME; tables with a column of labels are .parquet, .csv or"
                    + " .csv.gz. A folder or an archive may hold features, labels, weights and bias, by these names or"
                    + " other common ones such as h, y, W, b, fc.weight and fc.bias; the first line says which array"
                    + " was taken for what. Shards: a list a.npy,b.npy or a pattern 'part-*.npy'. '-' is .npy on"
                    + " standard input."
        },
        footer = {
            "",
            "Examples:",
            "  collapse4j measure run",
            "  collapse4j measure features.npy labels.npy --weights weights.npy --bias bias.npy",
            "  collapse4j measure 'train-*.npy' labels.npy --test test.npy test_labels.npy --ood noise.npy",
            "  collapse4j measure features.parquet --label-column y --json -",
            "  collapse4j measure model.onnx --input images/ --preset imagenet",
            "  collapse4j measure --series 'run/epoch*' --html run.html"
        })
public final class MeasureCommand implements Callable<Integer> {
    @Parameters(index = "0", arity = "0..1", paramLabel = "FEATURES", description = "Features of N samples, N×d.")
    private @Nullable String features;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "LABELS",
            description = "Class labels, N integers from 0 to K−1; tables have a column for them.")
    private @Nullable String labels;

    @Option(
            names = "--test",
            arity = "1..2",
            paramLabel = "F [L]",
            hideParamSyntax = true,
            description =
                    "Features F and labels L of a test set, or a table: adds the test accuracies of the classifier and"
                            + " of the nearest class mean.")
    private @Nullable List<String> test;

    @Option(names = "--ood", paramLabel = "F", description = "Out-of-distribution features: adds NC5.")
    private @Nullable String ood;

    @Option(
            names = "--series",
            split = ",",
            paramLabel = "[NAME=]DIR",
            description =
                    "Checkpoints: folders or archives, or a pattern of them, with features, labels (there, or labels.npy one"
                            + " folder up), weights and bias.")
    private List<String> series = List.of();

    @Mixin
    private ModelInputOptions input = new ModelInputOptions();

    @Mixin
    private MeasureInputs inputs = new MeasureInputs();

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    @Mixin
    private MeasureOutput output = new MeasureOutput();

    private String taken = "";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        input.requireUse(features, spec);
        if (Stream.of(features, ood, test == null ? null : test.get(0))
                .noneMatch(location -> location != null && SampleFiles.areTables(location))) {
            inputs.requireNoColumns(spec);
        }
        output.checkWritable();
        SampleFiles files =
                new SampleFiles(System.in, note -> spec.commandLine().getErr().println("measure: " + note));
        List<Measured> results = new ArrayList<>();
        try (ModelRun run = new ModelRun(input, spec)) {
            for (FeatureSet checkpoint : checkpoints(run, files)) {
                results.add(measure(checkpoint, files));
            }
            if (output.hasText()) {
                spec.commandLine().getOut().print(taken);
            }
            output.write(results, spec);
        }
        return 0;
    }

    private List<FeatureSet> checkpoints(ModelRun run, SampleFiles files) throws IOException {
        if (features == null) {
            if (series.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "Expected FEATURES and LABELS, a TABLE, or --series");
            }
            inputs.requireNothingOfFolders(spec);
            return Series.open(series, files);
        }
        if (!series.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Expected either FEATURES or --series, found both");
        }
        if (input.isGiven()) {
            run.refuse("--weights", inputs.weights());
            run.refuse("--bias", inputs.bias());
            LayerFiles found = run.layer(features, labels, threads.threads());
            taken = run.text() + System.lineSeparator();
            return List.of(open(features, files, found));
        }
        if (LayerFiles.isPlace(features, labels)) {
            LayerFiles found = LayerFiles.find(features, new LayerFiles.Given(labels, inputs.weights(), inputs.bias()));
            taken = Paragraph.line(found.description());
            return List.of(open(features, files, found));
        }
        inputs.check(spec);
        if (labels == null && !SampleFiles.areTables(features)) {
            LayerFiles.requirePlace(features);
        }
        return List.of(FeatureSet.open(
                features,
                files,
                request(features, labels),
                inputs.weights(),
                inputs.bias(),
                line -> taken = Paragraph.line(line)));
    }

    private FeatureSet open(String name, SampleFiles files, LayerFiles found) throws IOException {
        return FeatureSet.open(
                name,
                files,
                request(found.features(), found.labels()),
                found.weights().orElse(null),
                found.bias().orElse(null),
                line -> {});
    }

    private SampleRequest request(String features, @Nullable String labels) {
        SampleRequest request = SampleRequest.of(features, labels).withColumns(inputs.columns());
        return inputs.classes().isPresent()
                ? request.withClasses(inputs.classes().getAsInt())
                : request;
    }

    private Measured measure(FeatureSet checkpoint, SampleFiles files) throws IOException {
        MeasureOptions options =
                MeasureOptions.defaults().withGlobalMean(inputs.globalMean()).withThreads(threads.threads());
        try (CountProgress progress = new CountProgress(checkpoint.name())) {
            CollapseMeasurer measurer = new CollapseMeasurer(
                    options,
                    (pass, passes, done, total) -> progress.update(
                            (pass - 1) * total.orElse(done) + done,
                            total.isPresent() ? passes * total.getAsLong() : -1));
            requireReadable(checkpoint);
            Optional<double[]> oodMean = Optional.empty();
            if (ood != null) {
                oodMean = Optional.of(measurer.mean(files.openUnlabelled(ood, inputs.columns(), checkpoint.samples())));
            }
            CollapseMeasurement measurement = measurer.measure(checkpoint.samples(), checkpoint.classifier(), oodMean);
            Measured.requireClasses(measurement, checkpoint.name());
            Optional<Decisions> onTest = Optional.empty();
            if (test != null) {
                SampleRequest request = request(test.get(0), test.size() > 1 ? test.get(1) : null)
                        .withClasses(checkpoint.samples().classes());
                onTest = Optional.of(measurer.decide(
                        files.open(request, checkpoint.samples()), measurement.moments(), checkpoint.classifier()));
            }
            return Measured.of(checkpoint, measurement, onTest);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** What can be read only once needs its whole scatter, which has limits. */
    private static void requireReadable(FeatureSet checkpoint) throws InputException {
        SampleSource samples = checkpoint.samples();
        if (!samples.isRereadable() && samples.featureDimension() > CollapseMeasurer.MAX_SINGLE_PASS_FEATURES) {
            throw new InputException(checkpoint.name() + ": expected at most "
                    + CollapseMeasurer.MAX_SINGLE_PASS_FEATURES
                    + " features in a source that can be read only once, found "
                    + samples.featureDimension() + ": put them into a file");
        }
    }
}
