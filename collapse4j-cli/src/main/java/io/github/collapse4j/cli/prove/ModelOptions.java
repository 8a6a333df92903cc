package io.github.collapse4j.cli.prove;

import io.github.collapse4j.cli.option.CountsOptions;
import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.cli.option.PenaltyOptions;
import io.github.collapse4j.cli.option.ProofModel;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.proof.LossKind;
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
            description = "ce or mse: cross-entropy or squared error (default: ${DEFAULT-VALUE}).")
    private LossName loss = LossName.ce;

    @Mixin
    private PenaltyOptions penalties = new PenaltyOptions(5e-4, 1e-5);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    CountsOptions counts() {
        return counts;
    }

    /** The model. */
    ProofModel model() {
        return new ProofModel(command.commandLine(), kind(), counts.classCounts(), penalties.exact(1));
    }

    /** d. */
    int dimension() {
        int classes = counts.classCounts().classes();
        if (dimension != null && dimension > classes) {
            throw wrongUsage("--dim: expected at most K = " + classes + ", found " + dimension);
        }
        return dimension == null ? classes : dimension;
    }

    private LossKind kind() {
        return switch (loss) {
            case ce -> LossKind.CROSS_ENTROPY;
            case mse -> LossKind.SQUARED_ERROR;
            case bce -> throw wrongUsage("--loss: expected ce or mse, for which there are proofs, found bce");
        };
    }

    ParameterException wrongUsage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
