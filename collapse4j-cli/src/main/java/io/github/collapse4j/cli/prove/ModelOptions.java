package io.github.collapse4j.cli.prove;

import io.github.collapse4j.cli.option.CountsOptions;
import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.cli.option.LossOptions;
import io.github.collapse4j.cli.option.PenaltyOptions;
import io.github.collapse4j.cli.option.ProofModel;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.cli.option.TargetFile;
import io.github.collapse4j.linalg.Matrix;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
import io.github.collapse4j.model.UfmProblem;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.solve.ClassGroups;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A model whose penalties are exactly the decimals given. */
final class ModelOptions {
    @Mixin
    private CountsOptions counts = new CountsOptions();

    @Option(
            names = "--dim",
            paramLabel = "d",
            converter = Ranges.AtLeastOne.class,
            description = "Feature dimension, at most K (default: K).")
    private @Nullable Integer dimension;

    @Option(
            names = "--loss",
            defaultValue = "ce",
            converter = LossName.Converter.class,
            description =
                    "ce, mse or bce: cross-entropy, squared error or binary cross-entropy (default: ${DEFAULT-VALUE}).")
    private LossName loss = LossName.ce;

    @Mixin
    private LossOptions lossOptions = new LossOptions();

    @Option(
            names = "--targets",
            paramLabel = "T.npy",
            description = "Targets in place of class labels, M×K: a row for each count of --counts, as for solve.")
    private @Nullable String targets;

    @Mixin
    private PenaltyOptions penalties = new PenaltyOptions(5e-4, 1e-5);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    CountsOptions counts() {
        return counts;
    }

    /** The model. */
    ProofModel model() throws IOException {
        ClassCounts classCounts = counts.classCounts();
        StatedLoss stated = lossOptions.ofClasses(loss, classCounts, penalties.bias() instanceof Bias.Free);
        return new ProofModel(
                command.commandLine(),
                stated.kind(),
                classCounts,
                () -> ClassGroups.of(new UfmProblem(
                        stated.loss(), classCounts, 1, penalties.lambdaW(), penalties.lambdaH(), penalties.bias())),
                penalties.exact(1),
                stated.trained(command.commandLine(), classCounts.classes()));
    }

    boolean hasTargets() {
        return targets != null;
    }

    /** The ungrouped model, of classes or of targets. */
    ExactModel ungrouped() throws IOException {
        if (targets == null) {
            return model().classes();
        }
        ClassCounts groups = counts.groupCounts();
        Matrix matrix = TargetFile.read(targets, groups.classes(), "counts");
        StatedLoss stated = lossOptions.ofTargets(loss, groups, targets, matrix, penalties.bias() instanceof Bias.Free);
        return ProofModel.ofTargets(command.commandLine(), stated, groups, matrix, penalties.exact(1));
    }

    /** d. */
    int dimension() throws IOException {
        int classes = targets == null
                ? counts.classCounts().classes()
                : TargetFile.read(targets, counts.groupCounts().classes(), "counts")
                        .rows();
        if (dimension != null && dimension > classes) {
            throw wrongUsage("--dim: expected at most K = " + classes + ", found " + dimension);
        }
        return dimension == null ? classes : dimension;
    }

    ParameterException wrongUsage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
