package io.github.collapse4j.cli.option;

import io.github.collapse4j.model.TrainingLoss;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Losses, as named on the command line. */
public enum LossName {
    ce("cross-entropy", TrainingLoss.Kind.SOFTMAX),
    mse("squared error", TrainingLoss.Kind.SQUARED),
    bce("binary cross-entropy", TrainingLoss.Kind.SIGMOID);

    /** Names in any case; focal loss is refused with the reason. */
    public static final class Converter implements ITypeConverter<LossName> {
        @Override
        public LossName convert(String text) {
            for (LossName name : values()) {
                if (name.name().equalsIgnoreCase(text)) {
                    return name;
                }
            }
            throw unknown(text, Arrays.toString(values()));
        }
    }

    /**
     * The error for a text that names no loss.
     *
     * @param allowed the names allowed
     */
    public static TypeConversionException unknown(String text, String allowed) {
        return new TypeConversionException(
                text.equalsIgnoreCase("focal")
                        ? "expected a loss that is convex in the logits, which focal loss is not: it has no bound and"
                                + " no certificate"
                        : "expected one of " + allowed + ", found " + text);
    }

    private final String title;
    private final TrainingLoss.Kind kind;

    LossName(String title, TrainingLoss.Kind kind) {
        this.title = title;
        this.kind = kind;
    }

    /** The name of a loss. */
    public static LossName of(TrainingLoss.Kind kind) {
        return Arrays.stream(values())
                .filter(name -> name.kind == kind)
                .findFirst()
                .orElseThrow();
    }

    /** The option that names it, preceded by a space; empty for cross-entropy. */
    String argument() {
        return this == ce ? "" : " --loss " + this;
    }

    public TrainingLoss.Kind kind() {
        return kind;
    }

    public String title() {
        return title;
    }
}
