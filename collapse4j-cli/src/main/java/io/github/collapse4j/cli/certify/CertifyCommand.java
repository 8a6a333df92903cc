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
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.LastLayerFiles;
import io.github.collapse4j.io.LayerFiles;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.measure.MeasureListener;
import io.github.collapse4j.measure.SamplePasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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

    /** What the folder states of the training, as a line. */
    private String stated = "";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        input.requireUse(features, spec);
        if (features == null || !SampleFiles.areTables(features)) {
            table.requireNone(spec);
        }
        Optional<Path> folder = folder();
        if (folder.isPresent()) {
            stated = options.takeFrom(folder.get());
        }
        boolean isUnit = options.isUnit();
        options.checkWritable();
        if (folder.isPresent() && labels == null && !isUnit) {
            targets.takeFrom(folder.get(), options.objective());
        }
        if (targets.areGiven()) {
            return certifyTargets(folder.isPresent());
        }
        String title = features == null ? BundledLayer.DESCRIPTION : features;
        try (ModelRun run = new ModelRun(input, spec);
                CountProgress reading = new CountProgress("reading")) {
            GivenLayer given = layer(
                    run,
                    (pass, passes, done, total) -> reading.update(
                            (pass - 1) * total.orElse(done) + done,
                            total.isPresent() ? passes * total.getAsLong() : -1));
            if (isUnit) {
                CosineCertificate certificate = given.cosineCertificate(options, spec.commandLine());
                reading.finish();
                CosineLayerReport report = new CosineLayerReport(title, certificate);
                options.write(
                        given.taken(),
                        report.json(),
                        report.text(),
                        spec.commandLine().getOut());
                return 0;
            }
            CertifyOptions.Certified certified = certify(given, reading);
            return options.write(
                    given.taken(), title, certified, spec.commandLine().getOut());
        }
    }

    /** All bars are gone when it returns, since the report would otherwise begin behind one. */
    private CertifyOptions.Certified certify(GivenLayer given, CountProgress reading) throws IOException {
        try (Progress solving = new Progress(1e-12)) {
            CertifyOptions.Certified certified =
                    options.certify(given.layer(), given.place(), (groups, iteration, value, gap, products) -> {
                        reading.finish();
                        solving.onIteration(groups, iteration, value, gap, products);
                    });
            reading.finish();
            return certified;
        }
    }

    /** The folder that holds the layer, if it is one. */
    private Optional<Path> folder() throws IOException {
        return features == null || input.isGiven() || !FileName.exists(features)
                ? Optional.empty()
                : Optional.of(FileName.path(features)).filter(Files::isDirectory);
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

    /** What was taken from a folder or an archive: arrays, and what it states of the training. */
    private String described(LayerFiles found) {
        return Paragraph.line(found.description()) + stated;
    }

    private GivenLayer layer(ModelRun run, MeasureListener listener) throws IOException {
        if (features != null && input.isGiven()) {
            run.refuse("--weights", weights);
            run.refuse("--bias", bias);
            LayerFiles found = run.layer(features, labels, threads.threads());
            // Its labels are in a folder that nobody knows.
            return open(found, features, run.text() + System.lineSeparator(), listener);
        }
        if (features != null && LayerFiles.isPlace(features, labels)) {
            LayerFiles found = LayerFiles.find(features, new LayerFiles.Given(labels, weights, bias));
            return open(found, found.labels(), described(found), listener);
        }
        if (features != null && weights != null && (labels != null || SampleFiles.areTables(features))) {
            LastLayerFiles parameters = LastLayerFiles.open(weights, bias, FileName::path);
            return open(
                    SampleRequest.of(features, labels),
                    parameters,
                    labels == null ? features : labels,
                    parameters.classifier().description().map(Paragraph::line).orElse(""),
                    listener);
        }
        if (features == null && labels == null && weights == null && bias == null) {
            return new GivenLayer(BundledLayer.read(), Optional.empty(), "", "");
        }
        if (features != null && labels == null && weights == null) {
            LayerFiles.requirePlace(features);
        }
        throw new ParameterException(
                spec.commandLine(),
                "Expected FEATURES, LABELS and --weights W together, a table with --weights W, a folder or archive that"
                        + " holds them, or no arguments");
    }

    private GivenLayer open(LayerFiles found, String place, String taken, MeasureListener listener) throws IOException {
        return open(
                SampleRequest.of(found.features(), found.labels()),
                LastLayerFiles.open(found.requiredWeights(), found.bias().orElse(null), FileName::path),
                place,
                taken,
                listener);
    }

    private GivenLayer open(
            SampleRequest request, LastLayerFiles parameters, String place, String taken, MeasureListener listener)
            throws IOException {
        SampleSource samples = SampleFiles.rereadable(
                        System.in, note -> spec.commandLine().getErr().println("certify: " + note))
                .open(request.withColumns(table.columns()).withClasses(parameters.classes()));
        return new GivenLayer(
                parameters.layer(SamplePasses.onThreads(samples, threads.threads(), listener), request.features()),
                Optional.of(samples),
                place,
                taken);
    }
}
