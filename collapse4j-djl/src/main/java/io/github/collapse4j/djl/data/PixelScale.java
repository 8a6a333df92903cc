package io.github.collapse4j.djl.data;

import io.github.collapse4j.io.image.LabelledImages;
import java.util.Arrays;

/**
 * Normalises pixels to mean 0 and standard deviation 1 in each channel of the training images.
 *
 * @param mean mean of each channel, in units of pixel bytes
 * @param deviation standard deviation of each channel, in units of pixel bytes; 1 if all pixels are equal
 */
public record PixelScale(float[] mean, float[] deviation) {

    /** Computes the scale of the training images. */
    public static PixelScale of(LabelledImages images) {
        int plane = images.height() * images.width();
        double[] sums = new double[images.channels()];
        double[] squares = new double[images.channels()];
        for (int i = 0; i < images.pixels().length; i++) {
            int channel = i / plane % images.channels();
            int pixel = images.pixels()[i] & 0xFF;
            sums[channel] += pixel;
            squares[channel] += (double) pixel * pixel;
        }
        float[] mean = new float[sums.length];
        float[] deviation = new float[sums.length];
        Arrays.fill(deviation, 1);
        double count = (double) images.count() * plane;
        for (int c = 0; c < sums.length; c++) {
            mean[c] = (float) (sums[c] / count);
            double variance = squares[c] / count - Math.pow(sums[c] / count, 2);
            if (variance > 0) {
                deviation[c] = (float) Math.sqrt(variance);
            }
        }
        return new PixelScale(mean, deviation);
    }

    /** Writes a normalised image to the target, from an offset on. */
    void scale(LabelledImages images, int image, float[] target, int offset) {
        int plane = images.height() * images.width();
        int first = image * images.imageSize();
        for (int c = 0; c < images.channels(); c++) {
            float factor = 1 / deviation[c];
            for (int i = c * plane; i < (c + 1) * plane; i++) {
                target[offset + i] = ((images.pixels()[first + i] & 0xFF) - mean[c]) * factor;
            }
        }
    }
}
