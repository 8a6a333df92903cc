package io.github.collapse4j.cli.option;

import io.github.collapse4j.cli.text.OptionGroup;
import io.github.collapse4j.io.input.Normalisation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How values are normalised before a model sees them. */
@OptionGroup("Running a model")
final class NormalisationOptions {
    @Option(
            names = "--preset",
            paramLabel = "mnist|imagenet",
            description =
                    "The usual normalisation of pixels from 0 to 255: mnist (/255, then -0.1307, /0.3081), imagenet"
                            + " (/255, then mean and standard deviation of each channel).")
    private @Nullable Preset preset;

    @Option(
            names = "--scale",
            paramLabel = "s",
            converter = Factor.class,
            description = "Factor of the values, such as 1/255 (default: 1, pixels stay 0 to 255).")
    private @Nullable Double scale;

    @Option(
            names = "--mean",
            split = ",",
            paramLabel = "m",
            converter = Finite.class,
            description = "Subtracted after scaling: one number, or one for each channel (default: 0).")
    private @Nullable List<Double> mean;

    @Option(
            names = "--std",
            split = ",",
            paramLabel = "s",
            converter = Ranges.Positive.class,
            description = "Divides after that, likewise (default: 1).")
    private @Nullable List<Double> std;

    /** Named normalisations. */
    enum Preset {
        mnist,
        imagenet
    }

    /** Any finite number. */
    static final class Finite implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            try {
                double value = Double.parseDouble(text);
                if (Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // as for other texts
            }
            throw new TypeConversionException("expected a finite number, found " + text);
        }
    }

    /** A number or a fraction. */
    static final class Factor implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            String[] parts = text.split("/", -1);
            try {
                double value = parts.length == 2
                        ? Double.parseDouble(parts[0]) / Double.parseDouble(parts[1])
                        : Double.parseDouble(text);
                if (value > 0 && Double.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // as for other texts
            }
            throw new TypeConversionException("expected a factor above 0, such as 1/255, found " + text);
        }
    }

    boolean isGiven() {
        return preset != null || scale != null || mean != null || std != null;
    }

    boolean isOfImageNet() {
        return preset == Preset.imagenet;
    }

    /** The preset, with the options that override its parts. */
    Normalisation normalisation() {
        Normalisation base = preset == null
                ? Normalisation.NONE
                : preset == Preset.mnist ? Normalisation.MNIST : Normalisation.IMAGENET;
        return new Normalisation(
                scale == null ? base.scale() : scale,
                mean == null ? base.mean() : numbers(mean),
                std == null ? base.std() : numbers(std));
    }

    private static double[] numbers(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
