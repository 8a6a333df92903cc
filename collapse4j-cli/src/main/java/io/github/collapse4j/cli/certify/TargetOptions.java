package io.github.collapse4j.cli.certify;

import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.option.TableOptions;
import io.github.collapse4j.data.SampleSource;
import io.github.collapse4j.io.FileName;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.io.LastLayerFiles;
import io.github.collapse4j.io.samples.SampleFiles;
import io.github.collapse4j.lastlayer.TargetLayer;
import io.github.collapse4j.lastlayer.TargetLayerAnalysis;
import io.github.collapse4j.lastlayer.TargetSummary;
import io.github.collapse4j.model.FeatureDomain;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --targets T.npy}: a target for each sample in place of a class label. */
final class TargetOptions {
    private static final String[] OF_LABELS = {
        "--input",
        "--threads",
        "--slack",
        "--retrain-head",
        "--explain",
        "--prove",
        "--html",
        "--logit-adjustment",
        "--margins"
    };

    private static final String TARGETS = "targets";

    @Option(
            names = "--targets",
            paramLabel = "T.npy",
            description =
                    "A target for each sample in place of LABELS, N×K, as of mixup, distillation or sets of labels: a"
                            + " distribution for ce, numbers from 0 to 1 for bce. With class weights, the loss is divided by the number of"
                            + " samples.")
    private @Nullable String targets;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    boolean areGiven() {
        return targets != null;
    }

    /** Takes the targets that the layer's folder states, unless an option says otherwise. */
    void takeFrom(Path folder, ObjectiveOptions objective) throws IOException {
        if (targets == null) {
            targets = objective.targetsIn(folder).map(Path::toString).orElse(null);
        }
    }

    /** Certifies a layer of files; refuses arguments and options that have no meaning for targets. */
    TargetLayerReport certify(
            @Nullable String features,
            @Nullable String labels,
            @Nullable String weights,
            @Nullable String bias,
            TableOptions table,
            CertifyOptions options)
            throws IOException {
        if (targets == null || features == null || weights == null || labels != null) {
            throw new ParameterException(
                    command.commandLine(), "--targets: expected FEATURES and --weights W, and no LABELS");
        }
        for (String option : OF_LABELS) {
            if (command.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(
                        command.commandLine(), option + ": expected no such option with --targets, found one");
            }
        }
        options.features().domain(FeatureDomain.FREE);
        return certify(features, targets, LastLayerFiles.open(weights, bias, FileName::path), table, options);
    }

    private TargetLayerReport certify(
            String features, String file, LastLayerFiles parameters, TableOptions table, CertifyOptions options)
            throws IOException {
        SampleSource samples = SampleFiles.rereadable(
                        System.in, note -> command.commandLine().getErr().println("certify: " + note))
                .openUnlabelled(features, table.columns());
        try (TargetRows rows = TargetRows.open(file, parameters.classes())) {
            TargetLayer layer = new TargetLayer(
                    samples,
                    rows,
                    parameters.classifier().weights(samples.featureDimension(), features),
                    parameters.classifier().bias());
            TargetSummary summary =
                    TargetSummary.of(rows, options.objective().lossName().kind());
            StatedLoss stated =
                    options.objective().targetLoss(summary, file, layer.bias().isPresent());
            return new TargetLayerReport(
                    features, stated, new TargetLayerAnalysis(options.ofTargets(stated)).analyze(layer, summary));
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw new InputException(
                    message.startsWith(TARGETS)
                            ? file + message.substring(TARGETS.length())
                            : features + ": " + message);
        }
    }
}
