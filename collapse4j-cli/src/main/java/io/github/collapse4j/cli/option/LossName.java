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
            throw new TypeConversionException(
                    text.equalsIgnoreCase("focal")
                            ? "expected a loss that is convex in the logits, which focal loss is not: it has no bound and"
                                    + " no certificate"
                            : "expected one of " + Arrays.toString(values()) + ", found " + text);
        }
    }

    private final String title;
    private final TrainingLoss.Kind kind;

    LossName(String title, TrainingLoss.Kind kind) {
        this.title = title;
        this.kind = kind;
    }

    public TrainingLoss.Kind kind() {
        return kind;
    }

    public String title() {
        return title;
    }
}
