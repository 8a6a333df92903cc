package io.github.collapse4j.cli.option;

import com.google.gson.JsonObject;
import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.cli.text.TheoremText;
import io.github.collapse4j.io.proof.ProofFile;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.FeatureDomain;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.Interval;
import io.github.collapse4j.proof.Proof;
import io.github.collapse4j.proof.Theorem;
import io.github.collapse4j.proof.Verification;
import io.github.collapse4j.prover.BoundProver;
import io.github.collapse4j.prover.TargetProver;
import io.github.collapse4j.solve.TwinSolution;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --prove FILE}: the lower bound of a model, or its global minimum, as a theorem. */
@OptionGroup("Output")
public final class BoundProof {
    private static final int DIGITS = 17;

    @Option(
            names = "--prove",
            paramLabel = "FILE",
            description = "Prove the global minimum to within a width or, where the dimension is too small for it, the"
                    + " lower bound, and write the proof to FILE, for verify.")
    private @Nullable Path file;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** The outcome of a request. */
    public sealed interface Outcome {
        /** Prints it below a report. */
        void print(PrintWriter out);

        /** Adds it to a result. */
        void addTo(JsonObject json);

        /** 0, or 1 if a proof was requested in vain. */
        int exitCode();
    }

    private record NotRequested() implements Outcome {
        @Override
        public void print(PrintWriter out) {}

        @Override
        public void addTo(JsonObject json) {}

        @Override
        public int exitCode() {
            return 0;
        }
    }

    private record NotProved(String reason) implements Outcome {
        @Override
        public void print(PrintWriter out) {
            out.println();
            out.println("Not proved: " + reason);
        }

        @Override
        public void addTo(JsonObject json) {
            json.addProperty("notProved", reason);
        }

        @Override
        public int exitCode() {
            return 1;
        }
    }

    private record Proved(Path file, Theorem theorem) implements Outcome {
        @Override
        public void print(PrintWriter out) {
            out.println();
            out.print(TheoremText.of(file.toString(), theorem));
        }

        @Override
        public void addTo(JsonObject json) {
            JsonObject proof = new JsonObject();
            proof.addProperty("file", file.toString());
            proof.addProperty("domain", FeatureDomain.FREE.toString());
            if (theorem instanceof Theorem.GlobalMinimum minimum) {
                proof.addProperty("theorem", "global minimum");
                proof.addProperty("lowerBound", down(minimum.minimum()));
                proof.addProperty(
                        "minimumAtMost", new BigDecimal(minimum.minimum().upperText(DIGITS)));
            } else if (theorem instanceof Theorem.GlobalLowerBound bound) {
                proof.addProperty("theorem", "lower bound");
                proof.addProperty("lowerBound", down(bound.bound()));
            }
            json.add("proof", proof);
        }

        private static BigDecimal down(Interval number) {
            return new BigDecimal(number.lowerText(DIGITS));
        }

        @Override
        public int exitCode() {
            return 0;
        }
    }

    /** Whether the option is given. */
    public boolean isRequested() {
        return file != null;
    }

    /** The outcome where there is no model to prove anything about. */
    public Outcome withoutModel() {
        return file == null
                ? new NotRequested()
                : new NotProved("the layer has no model, as a penalty is not positive");
    }

    /** Checks that there are proofs for a loss, and that the file can be written, before any work is done. */
    public void check(StatedLoss loss) throws IOException {
        if (file != null) {
            loss.trained(command.commandLine(), 2);
            ResultFiles.LOCAL.checkWritable(file.toString());
        }
    }

    /** As {@link #check}, for samples with targets. */
    public void checkTargets(StatedLoss loss, Matrix targets) throws IOException {
        if (file != null) {
            loss.trained(command.commandLine(), targets);
            ResultFiles.LOCAL.checkWritable(file.toString());
        }
    }

    /**
     * If requested, proves the strongest theorem for feature dimension d and writes it.
     *
     * @param penalties those of the model
     * @param twin a solution of the model
     */
    public Outcome prove(
            StatedLoss loss, ClassCounts counts, Supplier<ExactPenalties> penalties, Supplier<TwinSolution> twin, int d)
            throws IOException {
        if (file == null) {
            return new NotRequested();
        }
        CommandLine line = command.commandLine();
        ProofModel model = new ProofModel(
                line,
                loss.kind(),
                counts,
                () -> twin.get().groups(),
                penalties.get(),
                loss.trained(line, counts.classes()));
        return write(new BoundProver(model.grouped(), twin.get()).strongest(d));
    }

    /**
     * If requested, proves the strongest theorem for samples with targets and feature dimension d, and writes it.
     *
     * @param targets K×M
     */
    public Outcome proveTargets(
            StatedLoss loss, ClassCounts counts, Matrix targets, Supplier<ExactPenalties> penalties, int d)
            throws IOException {
        if (file == null) {
            return new NotRequested();
        }
        ExactModel model = ProofModel.ofTargets(command.commandLine(), loss, counts, targets, penalties.get());
        return write(TargetProver.of(model, Math.min(d, targets.rows())).strongest());
    }

    private Outcome write(Proof proof) throws IOException {
        Path place = Objects.requireNonNull(file);
        Verification verification = proof.verify();
        if (verification instanceof Verification.Proved proved) {
            ProofFile.write(place, proof);
            return new Proved(place, proved.theorem());
        }
        return new NotProved(((Verification.NotProved) verification).reason());
    }
}
