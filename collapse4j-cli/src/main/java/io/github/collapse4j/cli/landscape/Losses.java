package io.github.collapse4j.cli.landscape;

import io.github.collapse4j.cli.option.LossName;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;

/** Either loss, or both. */
enum Losses {
    ce,
    mse,
    bce,
    both;

    /** Names in any case. */
    static final class Converter implements ITypeConverter<Losses> {
        @Override
        public Losses convert(String text) {
            return Arrays.stream(values())
                    .filter(losses -> losses.name().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(() -> LossName.unknown(text, Arrays.toString(values())));
        }
    }

    List<LossName> names() {
        return switch (this) {
            case ce -> List.of(LossName.ce);
            case mse -> List.of(LossName.mse);
            case bce -> List.of(LossName.bce);
            case both -> List.of(LossName.ce, LossName.mse);
        };
    }
}
