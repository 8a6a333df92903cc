package io.github.collapse4j.cli.plan;

import io.github.collapse4j.cli.option.PenaltyOptions;
import io.github.collapse4j.cli.option.Ranges;
import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.model.Bias;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Other ways to state the penalties, and the range of the phase diagram. */
@OptionGroup("Loss and penalties")
final class MuOptions {
    @Option(
            names = "--weight-decay",
            paramLabel = "x",
            converter = Ranges.Positive.class,
            description =
                    "λ_W = λ_b = x, the decay of an optimiser. λ_H is what the features' own weights imply: certify of a"
                            + " similar network prints it.")
    private @Nullable Double weightDecay;

    @Option(
            names = "--mu",
            paramLabel = "m|a:b",
            description =
                    "μ = √(λ_W·λ_H) itself, or the range of the phase diagram (default: from a thousandth of the μ at which"
                            + " everything vanishes, or less if rare classes merge before, up to it).")
    private @Nullable String mu;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    record Range(double from, double to) {}

    double mu(PenaltyOptions penalties) {
        refuseBoth("--weight-decay", "--lambda-w");
        boolean isGiven = mu != null && !mu.contains(":");
        if (mu != null && isGiven) {
            refuseBoth("--mu", "--weight-decay");
            refuseBoth("--mu", "--lambda-w");
            refuseBoth("--mu", "--lambda-h");
            return positive(mu);
        }
        return Math.sqrt(weightDecay == null ? penalties.lambdaW() : weightDecay) * Math.sqrt(penalties.lambdaH());
    }

    Bias bias(PenaltyOptions penalties) {
        return weightDecay == null || has("--lambda-b") || has("--no-bias")
                ? penalties.bias()
                : Bias.ofLambda(weightDecay);
    }

    /** Empty if none was given. */
    Optional<Range> range() {
        if (mu == null || !mu.contains(":")) {
            return Optional.empty();
        }
        int colon = mu.indexOf(':');
        Range range = new Range(positive(mu.substring(0, colon)), positive(mu.substring(colon + 1)));
        if (!(range.from() < range.to())) {
            throw wrongUsage("--mu: expected a range a:b with a < b, found " + mu);
        }
        return Optional.of(range);
    }

    private double positive(String text) {
        try {
            return new Ranges.Positive().convert(text.strip());
        } catch (TypeConversionException e) {
            throw wrongUsage("--mu: " + e.getMessage());
        }
    }

    private void refuseBoth(String option, String other) {
        if (has(option) && has(other)) {
            throw wrongUsage("expected either " + option + " or " + other + ", found both");
        }
    }

    private boolean has(String option) {
        return command.commandLine().getParseResult().hasMatchedOption(option);
    }

    private ParameterException wrongUsage(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
