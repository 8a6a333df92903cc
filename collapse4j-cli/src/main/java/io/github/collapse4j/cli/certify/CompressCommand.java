package io.github.collapse4j.cli.certify;

import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.TableOptions;
import io.github.collapse4j.cli.text.CountProgress;
import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.cli.text.Table;
import io.github.collapse4j.io.ClassifierSource;
import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.LayerCompression;
import io.github.collapse4j.io.LayerFiles;
import io.github.collapse4j.io.StatedFeatures;
import io.github.collapse4j.io.TrainedObjective;
import io.github.collapse4j.io.file.AtomicFile;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.io.samples.SampleRequest;
import io.github.collapse4j.io.samples.ShardedSamples;
import io.github.collapse4j.lastlayer.LogitProjection;
import io.github.collapse4j.lastlayer.PredictionComparison;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.FeatureDomain;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

/** {@code compress}: features in only as many dimensions as the logits need. */
@Command(
        name = "compress",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reduces features to the few dimensions that the logits depend on, with weights to match.",
            "",
            "Logits depend on features only through the row space of W. Projected onto it, at most K dimensions (K−1"
                    + " with --centred) contain everything that predictions need. The files are checked against the"
                    + " original; if any prediction has changed, as rounding may do to ties, that is reported and the"
                    + " exit code is 1."
        },
        footer = {
            "",
            "Writes to DIR: features.npy (N×r), weights.npy (K×r), projection.npy (r×d: apply it to new features, or"
                    + " merge it into the preceding layer), bias.npy and, from a table, a folder or an archive, labels.npy, with the"
                    + " objective.json of a folder; certify and"
                    + " measure read it.",
            "",
            "Examples:",
            "  collapse4j compress run.npz --out small",
            "  collapse4j compress features.npy --weights weights.npy --bias bias.npy --out small",
            "  collapse4j compress run.npz:h --weights run.npz:W --centred --out small --json -"
        })
public final class CompressCommand implements Callable<Integer> {
    static final String TARGETS = "targets.npy";

    @Parameters(
            paramLabel = "FEATURES",
            description =
                    "Penultimate features, N×d, whatever measure reads: arrays, tables, shards, '-' for standard input; without"
                            + " --weights a folder or an archive that holds the layer.")
    private String features = "";

    @Option(
            names = "--weights",
            paramLabel = "W",
            description = "Weights of the last layer, K×d, or a model whose last linear layer they are: .pt, .pth,"
                    + " .safetensors, .onnx, .keras or .h5, with :NAME if there are several.")
    private @Nullable String weights;

    @Option(names = "--bias", paramLabel = "b", description = "Bias of the last layer, K entries (default: none).")
    private @Nullable String bias;

    @Option(
            names = "--centred",
            description = "Keep only differences of logits: same softmax and predictions, one dimension less.")
    private boolean centred;

    @OptionGroup("Output")
    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to write the arrays to.")
    private Path folder = Path.of("");

    @Mixin
    private TableOptions table = new TableOptions();

    @Mixin
    private JsonOption json = new JsonOption();

    /** What the folder states of the training. */
    private Optional<TrainedObjective> objective = Optional.empty();

    /** The targets of that training, which are copied. */
    private Optional<Path> targets = Optional.empty();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!SampleFiles.areTables(features)) {
            table.requireNone(spec);
        }
        json.checkWritable();
        if (weights != null) {
            return compress(features, weights, bias, null);
        }
        LayerFiles.requirePlace(features);
        if (!LayerFiles.isPlace(features, null)) {
            throw new ParameterException(
                    spec.commandLine(), "Expected FEATURES with --weights W, or a folder or archive that holds both");
        }
        LayerFiles found = LayerFiles.find(features, new LayerFiles.Given(null, null, bias));
        if (!json.isStandardOutput()) {
            spec.commandLine().getOut().print(Paragraph.line(found.description()));
        }
        Path place = FileName.path(found.place());
        objective = Files.isDirectory(place) ? TrainedObjective.in(place) : Optional.empty();
        if (objective.isPresent()) {
            refuseToReplace(place.resolve(TrainedObjective.FILE).toString());
        }
        targets = objective.flatMap(TrainedObjective::targets).map(place::resolve);
        return compress(
                found.features(),
                found.requiredWeights(),
                found.bias().orElse(null),
                targets.isPresent() ? null : found.labels());
    }

    private int compress(String features, String weights, @Nullable String bias, @Nullable String labels)
            throws IOException {
        for (String input : Arrays.asList(features, weights, bias, labels)) {
            if (input != null) {
                refuseToReplace(input);
            }
        }
        SampleFiles files =
                new SampleFiles(System.in, note -> spec.commandLine().getErr().println("compress: " + note));
        ClassifierSource source = ClassifierSource.open(weights, bias, FileName::path);
        if (!json.isStandardOutput() && labels == null) {
            source.description()
                    .map(Paragraph::line)
                    .ifPresent(spec.commandLine().getOut()::print);
        }
        ShardedSamples samples = labels != null || SampleFiles.areTables(features)
                ? files.open(SampleRequest.of(features, labels)
                        .withColumns(table.columns())
                        .withClasses(source.classes()))
                : files.openUnlabelled(features, table.columns());
        Matrix classifier = source.weights(samples.featureDimension(), features);
        Optional<double[]> offset = source.bias();
        LogitProjection projection =
                centred ? LogitProjection.ofCentredLogits(classifier) : LogitProjection.ofLogits(classifier);
        if (projection.featureDimension() == 0) {
            throw new InputException(weights + ": expected weights that distinguish classes, found all "
                    + (centred ? "rows equal" : "zero"));
        }
        LayerCompression.Result result;
        try (CountProgress progress = new CountProgress("compressing")) {
            long all = samples.samples().orElse(-1);
            result = new LayerCompression(folder)
                    .write(samples, classifier, offset, projection, done -> progress.update(done, all));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Optional<TrainedObjective> carried = carried(result.losesSign());
        carry(carried, samples.isLabelled());
        PrintWriter out = spec.commandLine().getOut();
        CompressReport report = new CompressReport(
                folder, result, classifier, centred, bias != null, samples.isLabelled(), targets, objective, carried);
        json.write(report.json(), out);
        if (!json.isStandardOutput()) {
            out.print(report.text());
            out.flush();
        }
        PredictionComparison comparison = result.comparison();
        if (comparison.changed() > 0) {
            spec.commandLine().getErr().println(spec.qualifiedName() + ": " + changes(comparison));
            return 1;
        }
        return 0;
    }

    /**
     * What the compressed layer minimises: the same, with features of any sign if they are no longer non-negative; cosines
     * are not kept.
     */
    private Optional<TrainedObjective> carried(boolean losesSign) {
        return objective
                .filter(stated -> stated.features()
                        .filter(features -> features.domain() == FeatureDomain.UNIT)
                        .isEmpty())
                .map(stated -> losesSign ? stated.withFeatures(StatedFeatures.of(FeatureDomain.FREE)) : stated)
                .map(stated -> targets.isPresent() ? stated.withTargets(TARGETS) : stated);
    }

    /** Targets replace the labels of an earlier layer, and labels its targets: one would be taken for the other. */
    private void carry(Optional<TrainedObjective> carried, boolean isLabelled) throws IOException {
        if (targets.isPresent()) {
            Files.deleteIfExists(folder.resolve("labels.npy"));
            try (AtomicFile copy = AtomicFile.create(folder.resolve(TARGETS))) {
                Files.copy(targets.get(), copy.stream());
                copy.commit();
            }
        } else if (isLabelled) {
            Files.deleteIfExists(folder.resolve(TARGETS));
        }
        if (carried.isPresent()) {
            carried.get().write(folder);
        }
    }

    /** Changed predictions are a failure, even if rounding has only decided a tie differently. */
    private String changes(PredictionComparison comparison) {
        List<String> rows =
                comparison.firstChanged().stream().map(String::valueOf).toList();
        return Table.format(
                "%,d of %,d predictions changed in what was written to %s, first in row%s %s%s; ties in the original,"
                        + " decided by the order of the classes: %,d",
                comparison.changed(),
                comparison.samples(),
                folder,
                rows.size() == 1 ? "" : "s",
                String.join(", ", rows),
                comparison.changed() > rows.size() ? ", …" : "",
                comparison.changedTies());
    }

    /** Refuses to overwrite its input. */
    private void refuseToReplace(String input) throws IOException {
        for (String name : List.of(
                "features.npy",
                "labels.npy",
                "weights.npy",
                "bias.npy",
                "projection.npy",
                TARGETS,
                TrainedObjective.FILE)) {
            Path target = folder.resolve(name);
            if (Files.exists(target) && FileName.exists(input) && Files.isSameFile(target, FileName.path(input))) {
                throw new InputException(
                        "--out " + folder + ": expected another folder, found the input " + input + " in it");
            }
        }
    }
}
