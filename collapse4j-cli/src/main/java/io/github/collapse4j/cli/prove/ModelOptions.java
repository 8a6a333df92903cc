package io.github.collapse4j.cli.prove;

import io.github.collapse4j.cli.option.CountsOptions;
import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.cli.option.LossOptions;
import io.github.collapse4j.cli.option.PenaltyOptions;
import io.github.collapse4j.cli.option.ProofModel;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.cli.option.StatedLoss;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.model.ClassCounts;
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
                penalties.exact(1),
                stated.trained(command.commandLine(), classCounts.classes()));
    }

    /** d. */
    int dimension() {
        int classes = counts.classCounts().classes();
        if (dimension != null && dimension > classes) {
            throw wrongUsage("--dim: expected at most K = " + classes + ", found " + dimension);
        }
        return dimension == null ? classes : dimension;
    }

    ParameterException wrongUsage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
