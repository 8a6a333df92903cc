package io.github.collapse4j.cli.option;

import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.model.Bias;
import io.github.collapse4j.proof.ExactBias;
import io.github.collapse4j.proof.Rational;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Penalties and bias of a model; defaults are set by each command. */
@OptionGroup("Loss and penalties")
public final class PenaltyOptions {
    @Option(
            names = "--lambda-w",
            paramLabel = "x",
            converter = Ranges.Positive.class,
            description = "Penalty λ_W of the classifier (default: ${DEFAULT-VALUE}).")
    private double lambdaW;

    @Option(
            names = "--lambda-h",
            paramLabel = "y",
            converter = Ranges.Positive.class,
            description = "Penalty λ_H of the features (default: ${DEFAULT-VALUE}).")
    private double lambdaH;

    @Option(
            names = "--lambda-b",
            paramLabel = "z",
            converter = Ranges.NotNegative.class,
            description = "Penalty λ_b of the bias, 0 for a free bias (default: 0.01).")
    private @Nullable Double lambdaB;

    @Option(names = "--no-bias", description = "Use a model without bias.")
    private boolean noBias;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    public PenaltyOptions(double lambdaW, double lambdaH) {
        this.lambdaW = lambdaW;
        this.lambdaH = lambdaH;
    }

    public double lambdaW() {
        return lambdaW;
    }

    public double lambdaH() {
        return lambdaH;
    }

    public Bias bias() {
        if (noBias && lambdaB != null) {
            throw new ParameterException(command.commandLine(), "Expected either --no-bias or --lambda-b, found both");
        }
        return noBias ? new Bias.None() : Bias.ofLambda(lambdaB == null ? 0.01 : lambdaB);
    }

    /** Exactly the decimals that were typed, or the defaults, with λ_W and λ_H multiplied by a factor. */
    public ExactPenalties exact(double factor) {
        Bias bias = bias();
        return new ExactPenalties(
                typed("--lambda-w", lambdaW, factor),
                typed("--lambda-h", lambdaH, factor),
                bias instanceof Bias.Regularised regularised
                        ? new ExactBias.Regularised(typed("--lambda-b", regularised.lambda(), 1))
                        : bias.isPresent() ? new ExactBias.Free() : new ExactBias.None());
    }

    /** The decimal given for an option, or its default, which is a short decimal too. */
    private Rational typed(String option, double parsed, double factor) {
        OptionSpec matched = command.commandLine().getParseResult().matchedOption(option);
        String text = matched == null
                ? Double.toString(parsed)
                : matched.originalStringValues().get(0).strip();
        try {
            return Rational.ofDecimal(new BigDecimal(text).multiply(new BigDecimal(factor)))
                    .orElseThrow(NumberFormatException::new);
        } catch (NumberFormatException e) {
            throw new ParameterException(
                    command.commandLine(),
                    option + ": expected a decimal of at most 40 digits such as 0.004 or 5e-4, found " + text);
        }
    }
}
