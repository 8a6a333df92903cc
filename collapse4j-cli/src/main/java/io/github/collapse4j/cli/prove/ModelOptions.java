package io.github.collapse4j.cli.prove;

import io.github.collapse4j.cli.option.CountsOptions;
import io.github.collapse4j.cli.option.LossName;
import io.github.collapse4j.cli.option.PenaltyOptions;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.proof.ExactBias;
import io.github.collapse4j.proof.ExactModel;
import io.github.collapse4j.proof.LossKind;
import io.github.collapse4j.proof.Rational;
import io.github.collapse4j.solve.ClassGroups;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A model whose penalties are exactly the decimals given. */
final class ModelOptions {
    private static final int MAX_CLASSES = 1000;
    private static final long MAX_COUNT = 999_999_999;

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

    /** The ungrouped model. */
    ExactModel classes() {
        long[] perClass = perClass();
        if (perClass.length > MAX_CLASSES) {
            throw wrongUsage("expected at most " + MAX_CLASSES + " classes, found " + perClass.length);
        }
        long[] ones = new long[perClass.length];
        Arrays.fill(ones, 1);
        return model(ones, perClass);
    }

    /** The model with classes of equal counts grouped. */
    ExactModel groups() {
        perClass();
        ClassGroups groups = ClassGroups.of(counts.classCounts());
        if (groups.groups() > MAX_CLASSES) {
            throw wrongUsage("expected at most " + MAX_CLASSES + " different counts, found " + groups.groups());
        }
        return model(
                Arrays.stream(groups.sizes()).asLongStream().toArray(),
                Arrays.stream(groups.counts()).mapToLong(count -> (long) count).toArray());
    }

    boolean isSmall() {
        return perClass().length <= MAX_CLASSES;
    }

    /** d. */
    int dimension() {
        int classes = perClass().length;
        if (dimension != null && dimension > classes) {
            throw wrongUsage("--dim: expected at most K = " + classes + ", found " + dimension);
        }
        return dimension == null ? classes : dimension;
    }

    private long[] perClass() {
        long[] perClass = counts.classCounts().toArray();
        for (long count : perClass) {
            if (count > MAX_COUNT) {
                throw wrongUsage("expected at most " + MAX_COUNT + " samples of a class, found " + count);
            }
        }
        return perClass;
    }

    private LossKind kind() {
        return switch (loss) {
            case ce -> LossKind.CROSS_ENTROPY;
            case mse -> LossKind.SQUARED_ERROR;
            case bce -> throw wrongUsage("--loss: expected ce or mse, for which there are proofs, found bce");
        };
    }

    private ExactModel model(long[] sizes, long[] perClass) {
        Bias bias = penalties.bias();
        return new ExactModel(
                kind(),
                sizes,
                perClass,
                typed("--lambda-w", penalties.lambdaW()),
                typed("--lambda-h", penalties.lambdaH()),
                bias instanceof Bias.Regularised regularised
                        ? new ExactBias.Regularised(typed("--lambda-b", regularised.lambda()))
                        : bias.isPresent() ? new ExactBias.Free() : new ExactBias.None());
    }

    /** The decimal given for an option, or its default, which is a short decimal too. */
    private Rational typed(String option, double parsed) {
        OptionSpec matched = command.commandLine().getParseResult().matchedOption(option);
        String text = matched == null
                ? Double.toString(parsed)
                : matched.originalStringValues().get(0).strip();
        Rational fraction;
        try {
            fraction = Rational.ofDecimal(new BigDecimal(text)).orElse(null);
        } catch (NumberFormatException e) {
            fraction = null;
        }
        if (fraction == null) {
            throw wrongUsage(option + ": expected a decimal of at most 40 digits such as 0.004 or 5e-4, found " + text);
        }
        return fraction;
    }

    ParameterException wrongUsage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
