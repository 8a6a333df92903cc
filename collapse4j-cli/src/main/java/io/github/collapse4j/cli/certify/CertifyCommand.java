package io.github.collapse4j.cli.certify;

import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.cli.option.LossOptions;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.Progress;
import io.github.collapse4j.io.ArrayFile;
import io.github.collapse4j.io.LastLayerFiles;
import io.github.collapse4j.io.LayerFiles;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.lastlayer.LastLayerAnalysis;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.model.Loss;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.OptionalDouble;
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
            "       collapse4j certify FEATURES LABELS --weights=W [--bias=b] [OPTIONS]"
        },
        description = {
            "Is this last layer at the global optimum of its loss and weight decay, and if not, what is missing?",
            "",
            "Arrays are .npy, .npz:NAME or .safetensors:NAME. A folder or an archive may hold all of them: features, labels,"
                    + " weights and bias, or what else they are usually called, such as h, y, W, b, fc.weight and fc.bias;"
                    + " the first line says what was taken for what. Without arguments a bundled real network is certified."
        },
        footer = {
            "",
            "Examples:",
            "  collapse4j certify",
            "  collapse4j certify run",
            "  collapse4j certify features.npy labels.npy --weights weights.npy --bias bias.npy",
            "  collapse4j certify run.npz:h run.npz:y --weights run.npz:W --loss mse --json -",
            "",
            "From PyTorch, h being what enters model.fc in evaluation mode:",
            "  np.savez('run.npz', features=h.numpy(), labels=y.numpy(),",
            "           weights=model.fc.weight.detach().numpy(), bias=model.fc.bias.detach().numpy())",
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
            description = "Their classes, N integers from 0 to K−1.")
    private @Nullable String labels;

    @Option(names = "--weights", paramLabel = "W", description = "Weights of the last layer, K×d.")
    private @Nullable String weights;

    @Option(
            names = "--bias",
            paramLabel = "b",
            description =
                    "Bias of the last layer, K entries; without it none, or what a folder or an archive has. 'none' for none"
                            + " whatever it has.")
    private @Nullable String bias;

    @Option(
            names = "--loss",
            defaultValue = "ce",
            converter = LossName.Converter.class,
            description =
                    "${COMPLETION-CANDIDATES}: cross-entropy, squared error or binary cross-entropy summed over the classes"
                            + " (default: ${DEFAULT-VALUE}).")
    private LossName loss = LossName.ce;

    @Mixin
    private LossOptions lossOptions = new LossOptions();

    @Option(
            names = "--lambda-w",
            paramLabel = "x",
            converter = Ranges.Positive.class,
            description = "Weight decay λ_W of the weights (default: implied).")
    private @Nullable Double lambdaW;

    @Option(
            names = "--lambda-h",
            paramLabel = "y",
            converter = Ranges.Positive.class,
            description = "Decay λ_H of the features (default: implied).")
    private @Nullable Double lambdaH;

    @Option(
            names = "--lambda-b",
            converter = Ranges.NotNegative.class,
            paramLabel = "z",
            defaultValue = "0",
            description = "Decay λ_b of the bias, 0 for none (default: ${DEFAULT-VALUE}).")
    private double lambdaB;

    @Option(
            names = "--tolerance",
            converter = Ranges.Positive.class,
            paramLabel = "t",
            defaultValue = "1e-3",
            description = "Relative gap up to which the layer counts as optimal (default: ${DEFAULT-VALUE}).")
    private double tolerance;

    @Option(
            names = "--slack",
            converter = Ranges.Positive.class,
            paramLabel = "s",
            defaultValue = "0.01",
            description =
                    "Share of the layer's excess that the bound may leave open (default: ${DEFAULT-VALUE}); fewer than"
                            + " about thirty different class sizes are solved to the end anyway.")
    private double slack;

    private String taken = "";

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        json.checkWritable();
        LastLayer layer = layer();
        String title = features == null ? BundledLayer.DESCRIPTION : features;
        StatedLoss stated = lossOptions.ofClasses(loss, layer.counts(), layer.hasBias() && lambdaB == 0);
        LastLayerCertificate certificate;
        try (Progress progress = new Progress(1e-12)) {
            certificate = new LastLayerAnalysis(options(stated.loss()), progress).analyze(layer);
        }
        PrintWriter out = spec.commandLine().getOut();
        json.write(CertifyJson.of(layer, stated, certificate), out);
        if (!json.isStandardOutput()) {
            out.print(taken);
            out.print(new CertifyReport(title, layer, stated, certificate).text());
            out.flush();
        }
        return 0;
    }

    private LastLayer layer() throws IOException {
        if (features != null && LayerFiles.isPlace(features, labels)) {
            LayerFiles found = LayerFiles.find(features, new LayerFiles.Given(labels, weights, bias));
            taken = found.description() + System.lineSeparator();
            return readFiles(
                    found.features(),
                    found.labels(),
                    found.requiredWeights(),
                    found.bias().orElse(null));
        }
        if (features != null && labels != null && weights != null) {
            return readFiles(features, labels, weights, LayerFiles.NO_BIAS.equals(bias) ? null : bias);
        }
        if (features == null && labels == null && weights == null && bias == null) {
            return BundledLayer.read();
        }
        throw new ParameterException(
                spec.commandLine(),
                "Expected FEATURES, LABELS and --weights W together, a folder or archive that holds them, or nothing at all");
    }

    private LastLayerAnalysis.Options options(Loss judge) {
        return new LastLayerAnalysis.Options(judge, optional(lambdaW), optional(lambdaH), lambdaB, tolerance, slack);
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static LastLayer readFiles(String features, String labels, String weights, @Nullable String bias)
            throws IOException {
        return LastLayerFiles.read(
                ArrayFile.open(features),
                ArrayFile.open(labels),
                ArrayFile.open(weights),
                bias == null ? null : ArrayFile.open(bias));
    }
}
