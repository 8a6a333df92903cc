package io.github.collapse4j.cli.certify;

import io.github.collapse4j.cli.option.BundledLayer;
import io.github.collapse4j.cli.option.ModelInputOptions;
import io.github.collapse4j.cli.option.ModelRun;
import io.github.collapse4j.cli.option.TableOptions;
import io.github.collapse4j.cli.option.ThreadsOption;
import io.github.collapse4j.cli.text.CountProgress;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.Progress;
import io.github.collapse4j.cosine.CosineCertificate;
import io.github.collapse4j.cosine.CosineInputException;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.LastLayerFiles;
import io.github.collapse4j.io.LayerFiles;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.measure.MeasureListener;
import io.github.collapse4j.measure.SamplePasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code certify}: is this last layer globally optimal? */
@Command(
        name = "certify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = {
            "collapse4j certify [OPTIONS]",
            "       collapse4j certify DIR|FILE.npz|FILE.safetensors [OPTIONS]",
            "       collapse4j certify FEATURES LABELS --weights=W [--bias=b] [OPTIONS]",
            "       collapse4j certify FEATURES --targets=T.npy --weights=W [--bias=b] [OPTIONS]",
            "       collapse4j certify DIR --targets=T.npy [OPTIONS]",
            "       collapse4j certify TABLE --weights=W [--bias=b] [OPTIONS]",
            "       collapse4j certify MODEL.onnx --input=DATA [--labels=L] [OPTIONS]"
        },
        description = {
            "Is this last layer at the global optimum of its loss and weight decay, and if not, what is missing?",
            "",
            "Arrays are .npy, .npz:NAME or .safetensors:NAME; tables with a column of labels are .parquet, .csv or"
                    + " .csv.gz. A folder or an archive may hold all of them: features, labels, weights and bias, or other"
                    + " common names such as h, y, W, b, fc.weight and fc.bias; the first line says which array was taken"
                    + " for what. A folder may also state what was trained, in objective.json, as train writes it: loss and"
                    + " penalties are then taken from there unless an option says otherwise. Several shards: a list a.npy,b.npy or a pattern 'part-*.npy'. '-' is .npy on"
                    + " standard input. Without arguments, certifies a bundled network."
        },
        footer = {
            "",
            "Examples:",
            "  collapse4j certify",
            "  collapse4j certify run",
            "  collapse4j certify features.npy labels.npy --weights weights.npy --bias bias.npy",
            "  collapse4j certify 'train-*.parquet' --label-column y --weights weights.npy",
            "  collapse4j certify run.npz:h run.npz:y --weights run.npz:W --loss mse --json -",
            "  collapse4j certify features.npy --targets mixed.npy --weights weights.npy --lambda-w 5e-4",
            "  collapse4j certify model.onnx --input images/ --preset imagenet",
            "",
            "From PyTorch, where h is the input of model.fc in evaluation mode:",
            "  W = model.fc.weight.detach()",
            "  b = model.fc.bias.detach()",
            "  np.savez('run.npz', features=h, labels=y, weights=W, bias=b)",
            "  collapse4j certify run.npz"
        })
public final class CertifyCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FEATURES",
            description = "Penultimate features of N samples, N×d, floating point.")
    private @Nullable String features;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "LABELS",
            description = "Class labels, N integers from 0 to K−1; tables have a column for them.")
    private @Nullable String labels;

    @Option(
            names = "--weights",
            paramLabel = "W",
            description = "Weights of the last layer, K×d, or a model whose last linear layer they are: .pt, .pth,"
                    + " .safetensors, .onnx, .keras or .h5, with :NAME if there are several.")
    private @Nullable String weights;

    @Option(
            names = "--bias",
            paramLabel = "b",
            description = "Bias of the last layer, K entries (default: that of the folder or archive, if any). 'none'"
                    + " ignores a bias found there.")
    private @Nullable String bias;

    @Mixin
    private TargetOptions targets = new TargetOptions();

    @Mixin
    private ModelInputOptions input = new ModelInputOptions();

    @Mixin
    private CertifyOptions options = new CertifyOptions();

    @Mixin
    private TableOptions table = new TableOptions();

    @Mixin
    private ThreadsOption threads = new ThreadsOption();

    private String taken = "";

    /** Where the labels are, for messages. */
    private String place = "";

    /** The samples, for cosine heads; absent for the bundled layer. */
    private @Nullable SampleSource source;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        input.requireUse(features, spec);
        if (features == null || !SampleFiles.areTables(features)) {
            table.requireNone(spec);
        }
        boolean isUnit = options.isUnit();
        options.checkWritable();
        boolean isFolder = false;
        if (features != null && !input.isGiven() && FileName.exists(features)) {
            Path path = FileName.path(features);
            isFolder = Files.isDirectory(path);
            if (isFolder && labels == null && !isUnit) {
                targets.takeFrom(path, options.objective());
            }
        }
        if (targets.areGiven()) {
            return certifyTargets(isFolder);
        }
        String title = features == null ? BundledLayer.DESCRIPTION : features;
        try (ModelRun run = new ModelRun(input, spec);
                CountProgress reading = new CountProgress("reading")) {
            LastLayer layer = layer(
                    run,
                    (pass, passes, done, total) -> reading.update(
                            (pass - 1) * total.orElse(done) + done,
                            total.isPresent() ? passes * total.getAsLong() : -1));
            if (isUnit) {
                CosineCertificate certificate = cosineCertificate(layer);
                reading.finish();
                CosineLayerReport report = new CosineLayerReport(title, certificate);
                options.write(
                        taken, report.json(), report.text(), spec.commandLine().getOut());
                return 0;
            }
            CertifyOptions.Certified certified = certify(layer, reading);
            return options.write(taken, title, certified, spec.commandLine().getOut());
        }
    }

    /** All bars are gone when it returns, since the report would otherwise begin behind one. */
    private CertifyOptions.Certified certify(LastLayer layer, CountProgress reading) throws IOException {
        try (Progress solving = new Progress(1e-12)) {
            CertifyOptions.Certified certified =
                    options.certify(layer, place, (groups, iteration, value, gap, products) -> {
                        reading.finish();
                        solving.onIteration(groups, iteration, value, gap, products);
                    });
            reading.finish();
            return certified;
        }
    }

    private int certifyTargets(boolean isFolder) throws IOException {
        String head = "";
        TargetLayerReport report;
        if (isFolder && features != null) {
            LayerFiles found = LayerFiles.find(features, new LayerFiles.Given(labels, weights, bias));
            head = described(found);
            report = targets.certify(
                    found.features(),
                    labels,
                    found.requiredWeights(),
                    found.bias().orElse(null),
                    table,
                    options);
        } else {
            report = targets.certify(features, labels, weights, bias, table, options);
        }
        options.write(head, report.json(), report.text(), spec.commandLine().getOut());
        return 0;
    }

    /** What was taken from a folder or an archive: arrays and, of a head with penalties, the objective. */
    private String described(LayerFiles found) throws IOException {
        String line = Paragraph.line(found.description());
        boolean isUnit = options.isUnit();
        return isUnit || !Files.isDirectory(FileName.path(found.place()))
                ? line
                : line
                        + options.objective()
                                .takeFrom(FileName.path(found.place()))
                                .map(Paragraph::line)
                                .orElse("");
    }

    private CosineCertificate cosineCertificate(LastLayer layer) throws IOException {
        if (layer.hasBias() || source == null) {
            throw new ParameterException(
                    spec.commandLine(),
                    source == null
                            ? "--features=unit: expected FEATURES of a cosine head, found none"
                            : "--features=unit: expected a head without bias, found one (--bias none ignores it)");
        }
        try {
            return CosineCertificate.of(
                    source,
                    layer.classifier(),
                    options.features().temperature(),
                    options.features().margin(),
                    options.tolerance());
        } catch (CosineInputException e) {
            throw new InputException(place + ": " + e.getMessage());
        }
    }

    private LastLayer layer(ModelRun run, MeasureListener listener) throws IOException {
        if (features != null && input.isGiven()) {
            run.refuse("--weights", weights);
            run.refuse("--bias", bias);
            LayerFiles found = run.layer(features, labels, threads.threads());
            taken = run.text() + System.lineSeparator();
            LastLayer layer = open(
                    found.features(),
                    found.labels(),
                    found.requiredWeights(),
                    found.bias().orElse(null),
                    listener);
            place = features; // its labels are in a folder that nobody knows
            return layer;
        }
        if (features != null && LayerFiles.isPlace(features, labels)) {
            LayerFiles found = LayerFiles.find(features, new LayerFiles.Given(labels, weights, bias));
            taken = described(found);
            return open(
                    found.features(),
                    found.labels(),
                    found.requiredWeights(),
                    found.bias().orElse(null),
                    listener);
        }
        if (features != null && weights != null && (labels != null || SampleFiles.areTables(features))) {
            return open(features, labels, weights, bias, listener);
        }
        if (features == null && labels == null && weights == null && bias == null) {
            return BundledLayer.read();
        }
        if (features != null && labels == null && weights == null) {
            LayerFiles.requirePlace(features);
        }
        throw new ParameterException(
                spec.commandLine(),
                "Expected FEATURES, LABELS and --weights W together, a table with --weights W, a folder or archive that"
                        + " holds them, or no arguments");
    }

    private LastLayer open(
            String features, @Nullable String labels, String weights, @Nullable String bias, MeasureListener listener)
            throws IOException {
        place = labels == null ? features : labels;
        SampleFiles files = SampleFiles.rereadable(
                System.in, note -> spec.commandLine().getErr().println("certify: " + note));
        LastLayerFiles parameters = LastLayerFiles.open(weights, bias, FileName::path);
        if (taken.isEmpty()) {
            taken = parameters.classifier().description().map(Paragraph::line).orElse("");
        }
        SampleSource samples = files.open(
                SampleRequest.of(features, labels).withColumns(table.columns()).withClasses(parameters.classes()));
        source = samples;
        return parameters.layer(SamplePasses.onThreads(samples, threads.threads(), listener), features);
    }
}
