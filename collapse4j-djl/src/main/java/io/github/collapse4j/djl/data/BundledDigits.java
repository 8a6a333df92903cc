package io.github.collapse4j.djl.data;

import io.github.collapse4j.io.image.HeldOut;
import io.github.collapse4j.io.image.ImageSplits;
import io.github.collapse4j.io.image.LabelledImages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * The 1,797 bundled handwritten digits of 8×8 pixels: E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten
 * Digits", UCI Machine Learning Repository, CC BY 4.0.
 */
public final class BundledDigits {
    private static final int SIDE = 8;
    private static final int MAX_PIXEL = 16;
    private static final double HELD_OUT = 0.2;

    private BundledDigits() {}

    /** Splits into 139 training images of each digit, balanced as in theory, and 407 test images. */
    public static ImageSplits balanced(long seed) throws IOException {
        return HeldOut.balanced("UCI digits", images(), HELD_OUT, seed);
    }

    /** All images, with pixels rescaled from 0…16 to 0…255. */
    static LabelledImages images() throws IOException {
        List<byte[]> lines = new ArrayList<>();
        List<Integer> digits = new ArrayList<>();
        InputStream resource = Objects.requireNonNull(
                BundledDigits.class.getResourceAsStream("digits.csv.gz"), "digits.csv.gz beside this class");
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.US_ASCII))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] fields = line.split(",", -1);
                byte[] pixels = new byte[SIDE * SIDE];
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = (byte) (Integer.parseInt(fields[i]) * 255 / MAX_PIXEL);
                }
                lines.add(pixels);
                digits.add(Integer.valueOf(fields[pixels.length]));
            }
        }
        byte[] all = new byte[lines.size() * SIDE * SIDE];
        for (int i = 0; i < lines.size(); i++) {
            System.arraycopy(lines.get(i), 0, all, i * SIDE * SIDE, SIDE * SIDE);
        }
        return new LabelledImages(
                1, SIDE, SIDE, all, digits.stream().mapToInt(Integer::intValue).toArray());
    }
}
