package io.github.collapse4j.cli.certify;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.BoundProof;
import io.github.collapse4j.cli.option.ExactPenalties;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.cli.option.LossOptions;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.cli.option.ResultFiles;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.lastlayer.EmptyClassException;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.lastlayer.LastLayerAnalysis;
import io.github.collapse4j.lastlayer.LastLayerCertificate;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.SolveListener;
import io.github.collapse4j.solve.SolveOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of a certificate that do not depend on where the samples are, and its output. */
public final class CertifyOptions {
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
            description = "Penalty λ_W of the weights (default: implied).")
    private @Nullable Double lambdaW;

    @Option(
            names = "--lambda-h",
            paramLabel = "y",
            converter = Ranges.Positive.class,
            description = "Penalty λ_H of the features (default: implied).")
    private @Nullable Double lambdaH;

    @Option(
            names = "--lambda-b",
            converter = Ranges.NotNegative.class,
            paramLabel = "z",
            defaultValue = "0",
            description = "Penalty λ_b of the bias, 0 for a free bias (default: ${DEFAULT-VALUE}).")
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
            description = "Share of the layer's excess that the bound may leave open (default: ${DEFAULT-VALUE}); with"
                    + " fewer than about thirty different class sizes, the model is solved to the end anyway.")
    private double slack;

    @Mixin
    private BoundProof proof = new BoundProof();

    @Mixin
    private JsonOption json;

    /** Writes to local files. */
    CertifyOptions() {
        this(ResultFiles.LOCAL);
    }

    /** Writes to the given file systems. */
    public CertifyOptions(ResultFiles files) {
        this.json = new JsonOption(files);
    }

    /** Checks that the file can be written, before any work is done. */
    public void checkWritable() throws IOException {
        json.checkWritable();
    }

    /** A certificate and its loss. */
    public record Certified(StatedLoss loss, LastLayerCertificate certificate) {}

    /**
     * Certifies a layer. Losses that depend on the class counts take a pass over the samples to count them.
     *
     * @param labels the name of its labels in messages
     * @throws InputException if a class has no sample
     */
    public Certified certify(LastLayer layer, String labels, SolveListener listener) throws IOException {
        try {
            StatedLoss stated = lossOptions.isPlain() && loss != LossName.bce
                    ? lossOptions.plain(loss)
                    : lossOptions.ofClasses(loss, layer.counts(), layer.hasBias() && lambdaB == 0);
            proof.check(stated);
            LastLayerAnalysis.Options options = new LastLayerAnalysis.Options(
                    stated.loss(), optional(lambdaW), optional(lambdaH), lambdaB, tolerance, slack);
            return new Certified(stated, new LastLayerAnalysis(options, listener).analyze(layer));
        } catch (EmptyClassException e) {
            throw new InputException(labels + ": " + e.getMessage());
        }
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /**
     * Writes a certificate as text, JSON or both, and its proof if requested; returns the exit code.
     *
     * @param head first lines of the text, such as the roles of arrays
     * @param title a description of the layer
     */
    public int write(String head, String title, LastLayer layer, Certified certified, PrintWriter out)
            throws IOException {
        BoundProof.Outcome proved = prove(certified);
        JsonObject result = CertifyJson.of(layer, certified.loss(), certified.certificate());
        proved.addTo(result);
        json.write(result, out);
        if (!json.isStandardOutput()) {
            out.print(head);
            out.print(new CertifyReport(title, layer, certified.loss(), certified.certificate()).text());
            proved.print(out);
            out.flush();
        }
        return proved.exitCode();
    }

    /** The bound for the penalties of the certificate, if there are any. */
    private BoundProof.Outcome prove(Certified certified) throws IOException {
        UfmProblem problem =
                certified.certificate().certified().map(c -> c.problem()).orElse(null);
        return problem == null
                ? proof.withoutModel()
                : proof.prove(
                        certified.loss(),
                        problem.counts(),
                        () -> ExactPenalties.of(problem),
                        () -> new GlobalSolver(SolveOptions.defaults())
                                .solve(problem.withFeatureDimension(problem.classes()))
                                .twin(),
                        problem.featureDimension());
    }
}
