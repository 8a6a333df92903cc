package io.github.collapse4j.cli.certify;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.option.BoundProof;
import io.github.collapse4j.cli.option.ExactPenalties;
import io.github.collapse4j.cli.option.FeatureOptions;
import io.github.collapse4j.cli.option.JsonOption;
import io.github.collapse4j.cli.option.PageOption;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.cli.option.ResultFiles;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.text.Paragraph;
import io.github.collapse4j.io.InputException;
import io.github.collapse4j.lastlayer.EmptyClassException;
import io.github.collapse4j.lastlayer.LastLayer;
import io.github.collapse4j.lastlayer.LastLayerAnalysis;
import io.github.collapse4j.lastlayer.LayerAssessment;
import io.github.collapse4j.lastlayer.LayerAssessor;
import io.github.collapse4j.lastlayer.LayerAssessor.Retraining;
import io.github.collapse4j.lastlayer.NegativeFeaturesException;
import io.github.collapse4j.lastlayer.PresentClasses;
import io.github.collapse4j.lastlayer.TargetLayerAnalysis;
import io.github.collapse4j.lastlayer.TooFewClassesException;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.solve.GlobalSolver;
import io.github.collapse4j.solve.SolveListener;
import io.github.collapse4j.solve.SolveOptions;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of a certificate that do not depend on where the samples are, and its output. */
public final class CertifyOptions {
    @Mixin
    private ObjectiveOptions objective = new ObjectiveOptions();

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
            converter = Ranges.Share.class,
            paramLabel = "s",
            defaultValue = "0.01",
            description = "Share of the layer's excess that the bound may leave open (default: ${DEFAULT-VALUE}); with"
                    + " fewer than about thirty different class sizes, the model is solved to the end anyway.")
    private double slack;

    @Mixin
    private FeatureOptions features = new FeatureOptions();

    @Mixin
    private BoundProof proof = new BoundProof();

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

    /** Whether the layer is a cosine head; options without a meaning for one are refused. */
    boolean isUnit() {
        return features.isUnit(
                "--loss", "--slack", "--weight-decay", "--retrain-head", "--explain", "--prove", "--html");
    }

    /** The domain of the features. */
    public FeatureOptions features() {
        return features;
    }

    /** The loss and the penalties that the layer is judged by. */
    ObjectiveOptions objective() {
        return objective;
    }

    /** Checks that files can be written, before any work is done. */
    public void checkWritable() throws IOException {
        json.checkWritable();
        page.checkWritable();
    }

    /** An assessment, its loss and its λ_b. */
    public record Certified(StatedLoss loss, double lambdaB, LayerAssessment assessment) {}

    /**
     * Certifies a layer, without the outputs of classes that have no sample. Losses that depend on the class counts take
     * a pass over the samples to count them.
     *
     * @param labels the name of its labels in messages
     * @throws InputException if fewer than two classes have samples, or the loss of the folder is not for this layer
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
        double ofBias = objective.lambdaB();
        StatedLoss stated = objective.loss(present);
        proof.check(stated);
        LastLayerAnalysis.Options options = new LastLayerAnalysis.Options(
                stated.loss(), objective.given(), ofBias, tolerance, slack, features.stated());
        Retraining retraining = retrainHead ? Retraining.ALWAYS : Retraining.IF_CHEAP;
        try {
            return new Certified(stated, ofBias, new LayerAssessor(options, retraining, listener).assess(present));
        } catch (NegativeFeaturesException e) {
            throw new InputException("--features nonnegative: " + e.getMessage());
        }
    }

    /**
     * Writes an assessment as text, JSON or a page, and its proof if requested; returns the exit code.
     *
     * @param head first lines of the text, such as the roles of arrays
     * @param title a description of the layer
     */
    public int write(String head, String title, Certified certified, PrintWriter out) throws IOException {
        Advice advice = Advice.of(certified.assessment(), objective.given().weightDecay());
        BoundProof.Outcome proved = prove(certified);
        JsonObject result = CertifyJson.of(certified, advice);
        proved.addTo(result);
        json.write(result, out);
        page.write(() -> new CertifyPage(title, certified.loss(), certified.assessment(), advice).html());
        if (!json.isStandardOutput()) {
            out.print(head);
            out.print(new CertifyReport(title, certified.loss(), certified.assessment(), advice).text());
            out.print(explain ? Glossary.text() : "");
            proved.print(out);
            noteDomain(proved, certified, out);
            page.announce(out);
            out.flush();
        }
        return proved.exitCode();
    }

    /** Proofs are about features of any sign: of a layer after a ReLU they bound the value, but are not its minimum. */
    private void noteDomain(BoundProof.Outcome proved, Certified certified, PrintWriter out) {
        boolean isNonnegative = certified.assessment().raw().certified().stream()
                .anyMatch(raw -> raw.nonnegative().isPresent());
        if (isNonnegative && proof.isRequested() && proved.exitCode() == 0) {
            StringBuilder text = new StringBuilder(System.lineSeparator());
            Paragraph.append(
                    text,
                    "The proof is about features of any sign. No layer with non-negative features is lower than its bound,"
                            + " but none need attain it: the minimum with a ReLU, above, is certified and not proved.");
            out.print(text);
        }
    }

    /** The bound for the penalties of the certificate, if there are any. */
    private BoundProof.Outcome prove(Certified certified) throws IOException {
        UfmProblem problem =
                certified.assessment().raw().certified().map(c -> c.problem()).orElse(null);
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

    /** Writes the certificate of a cosine head, or of a layer with targets. */
    void write(String head, JsonObject result, String text, PrintWriter out) throws IOException {
        json.write(result, out);
        if (!json.isStandardOutput()) {
            out.print(head);
            out.print(text);
            out.flush();
        }
    }

    /** The options of an analysis with targets. */
    TargetLayerAnalysis.Options ofTargets(StatedLoss stated) {
        return new TargetLayerAnalysis.Options(stated.statement(), objective.given(), objective.lambdaB(), tolerance);
    }

    /** The relative gap up to which a layer is optimal. */
    double tolerance() {
        return tolerance;
    }
}
