package io.github.collapse4j.cli.certify;

import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.cli.option.LossOptions;
import io.github.collapse4j.cli.option.PageOption;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.cli.option.ResultFiles;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.lastlayer.EmptyClassException;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.lastlayer.LastLayerAnalysis;
import io.github.collapse4j.lastlayer.LayerAssessment;
import io.github.collapse4j.lastlayer.LayerAssessor;
import io.github.collapse4j.lastlayer.LayerAssessor.Retraining;
import io.github.collapse4j.lastlayer.PresentClasses;
import io.github.collapse4j.lastlayer.TooFewClassesException;
import io.github.collapse4j.solve.SolveListener;
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
            names = "--weight-decay",
            converter = Ranges.Positive.class,
            paramLabel = "x",
            description =
                    "Weight decay of the training: compared with the implied λ_W, and used instead of it, with λ_H"
                            + " by balance, if the implied μ is not positive.")
    private @Nullable Double weightDecay;

    @Option(
            names = "--retrain-head",
            description = "Search for the best head for these features even if a pass over them takes long (10 to 20"
                    + " passes).")
    private boolean retrainHead;

    @Option(names = "--explain", description = "Explain every term of the report.")
    private boolean explain;

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
    private JsonOption json;

    @Mixin
    private PageOption page;

    /** Writes to local files. */
    CertifyOptions() {
        this(ResultFiles.LOCAL);
    }

    /** Writes to the given file systems. */
    public CertifyOptions(ResultFiles files) {
        this.json = new JsonOption(files);
        this.page = new PageOption(files);
    }

    /** Checks that files can be written, before any work is done. */
    public void checkWritable() throws IOException {
        json.checkWritable();
        page.checkWritable();
    }

    /** An assessment and its loss. */
    public record Certified(StatedLoss loss, LayerAssessment assessment) {}

    /**
     * Certifies a layer, without the outputs of classes that have no sample. Losses that depend on the class counts take
     * a pass over the samples to count them.
     *
     * @param labels the name of its labels in messages
     * @throws InputException if fewer than two classes have samples
     */
    public Certified certify(LastLayer layer, String labels, SolveListener listener) throws IOException {
        try {
            return certify(PresentClasses.all(layer), listener);
        } catch (EmptyClassException e) {
            try {
                return certify(PresentClasses.of(layer, e.present()), listener);
            } catch (TooFewClassesException few) {
                throw new InputException(labels + ": " + few.getMessage());
            }
        }
    }

    private Certified certify(PresentClasses present, SolveListener listener) throws IOException {
        LastLayer layer = present.layer();
        StatedLoss stated = lossOptions.isPlain() && loss != LossName.bce
                ? lossOptions.plain(loss)
                : lossOptions.ofClasses(loss, layer.counts(), layer.hasBias() && lambdaB == 0);
        LastLayerAnalysis.Options options = new LastLayerAnalysis.Options(
                stated.loss(), optional(lambdaW), optional(lambdaH), lambdaB, tolerance, slack, optional(weightDecay));
        Retraining retraining = retrainHead ? Retraining.ALWAYS : Retraining.IF_CHEAP;
        return new Certified(stated, new LayerAssessor(options, retraining, listener).assess(present));
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /**
     * Writes an assessment as text, JSON or a page.
     *
     * @param head first lines of the text, such as the roles of arrays
     * @param title a description of the layer
     */
    public void write(String head, String title, Certified certified, PrintWriter out) throws IOException {
        Advice advice = Advice.of(certified.assessment(), optional(weightDecay));
        json.write(CertifyJson.of(certified.loss(), certified.assessment(), advice), out);
        page.write(() -> new CertifyPage(title, certified.loss(), certified.assessment(), advice).html());
        if (!json.isStandardOutput()) {
            out.print(head);
            out.print(new CertifyReport(title, certified.loss(), certified.assessment(), advice).text());
            out.print(explain ? Glossary.text() : "");
            page.announce(out);
            out.flush();
        }
    }
}
