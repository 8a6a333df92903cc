package io.github.collapse4j.cli.certify;

import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.cli.option.ResultFiles;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.lastlayer.EmptyClassException;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.lastlayer.LastLayerAnalysis;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.solve.SolveListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a layer is judged, wherever its samples lie, and where the result goes. */
public final class CertifyOptions {
    @Option(
            names = "--loss",
            defaultValue = "ce",
            description = "${COMPLETION-CANDIDATES}: cross-entropy or squared error (default: ${DEFAULT-VALUE}).")
    private LossName loss = LossName.ce;

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

    @Mixin
    private JsonOption json;

    /** Writes files of this machine. */
    CertifyOptions() {
        this(ResultFiles.LOCAL);
    }

    /** Writes files elsewhere. */
    public CertifyOptions(ResultFiles files) {
        this.json = new JsonOption(files);
    }

    /** Finds out whether the file can be written, before any work is done for it. */
    public void checkWritable() throws IOException {
        json.checkWritable();
    }

    /**
     * Certifies a layer.
     *
     * @param labels what messages call its labels
     * @throws InputException if a class has no sample
     */
    public LastLayerCertificate certify(LastLayer layer, String labels, SolveListener listener) throws IOException {
        LastLayerAnalysis.Options options = new LastLayerAnalysis.Options(
                loss.loss(), optional(lambdaW), optional(lambdaH), lambdaB, tolerance, slack);
        try {
            return new LastLayerAnalysis(options, listener).analyze(layer);
        } catch (EmptyClassException e) {
            throw new InputException(labels + ": " + e.getMessage());
        }
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /**
     * Writes a certificate as text, JSON or both.
     *
     * @param head lines that the text begins with, such as what was taken for what
     * @param title what the layer is of
     */
    public void write(String head, String title, LastLayer layer, LastLayerCertificate certificate, PrintWriter out)
            throws IOException {
        json.write(CertifyJson.of(layer, loss, certificate), out);
        if (!json.isStandardOutput()) {
            out.print(head);
            out.print(new CertifyReport(title, layer, loss, certificate).text());
            out.flush();
        }
    }
}
