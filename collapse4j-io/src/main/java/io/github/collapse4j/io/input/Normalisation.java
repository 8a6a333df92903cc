package io.github.collapse4j.io.input;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What happens to the values before the model sees them: {@code (scale · x − mean) / std}.
 *
 * @param scale the factor, such as 1/255
 * @param mean subtracted from each channel, one number for all of them or one for each
 * @param std divides each channel, likewise
 */
public record Normalisation(double scale, double[] mean, double[] std) {
    /** Values as they are. */
    public static final Normalisation NONE = new Normalisation(1, new double[] {0}, new double[] {1});

    /** From 0 to 1. */
    public static final Normalisation UNIT = new Normalisation(1.0 / 255, new double[] {0}, new double[] {1});

    /** From −1 to 1. */
    public static final Normalisation SIGNED = new Normalisation(1.0 / 255, new double[] {0.5}, new double[] {0.5});

    /** That of PyTorch's MNIST examples. */
    public static final Normalisation MNIST =
            new Normalisation(1.0 / 255, new double[] {0.1307}, new double[] {0.3081});

    /** That of the models of torchvision. */
    public static final Normalisation IMAGENET =
            new Normalisation(1.0 / 255, new double[] {0.485, 0.456, 0.406}, new double[] {0.229, 0.224, 0.225});

    /** @throws IllegalArgumentException if a number is not finite, a divisor not positive, or the scale zero */
    public Normalisation {
        if (!Double.isFinite(scale)
                || scale == 0
                || mean.length == 0
                || std.length == 0
                || !Arrays.stream(mean).allMatch(Double::isFinite)
                || !Arrays.stream(std).allMatch(value -> value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(
                    "scale " + scale + ", mean " + Arrays.toString(mean) + ", std " + Arrays.toString(std));
        }
    }

    /** Whether it fits values of so many channels. */
    boolean fits(int channels) {
        return (mean.length == 1 || mean.length == channels) && (std.length == 1 || std.length == channels);
    }

    /** The value that the model sees. */
    double apply(double value, int channel) {
        return (scale * value - mean[mean.length == 1 ? 0 : channel]) / std[std.length == 1 ? 0 : channel];
    }

    /** How to ask for it on the command line. */
    public String text() {
        if (equals(NONE)) {
            return "values as they are";
        }
        StringBuilder text = new StringBuilder(scale == 1.0 / 255 ? "--scale 1/255" : "--scale " + scale);
        if (mean.length > 1 || mean[0] != 0) {
            text.append(" --mean ").append(list(mean));
        }
        if (std.length > 1 || std[0] != 1) {
            text.append(" --std ").append(list(std));
        }
        return text.toString();
    }

    private static String list(double[] values) {
        return Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(","));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Normalisation that
                && scale == that.scale
                && Arrays.equals(mean, that.mean)
                && Arrays.equals(std, that.std);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new int[] {Double.hashCode(scale), Arrays.hashCode(mean), Arrays.hashCode(std)});
    }
}
